"""A warm ``piiscrub`` for documents with many commands: one process reads packs and weights, each command is a fork of it.

A cold start takes seconds: every pack is read, hundreds of patterns are compiled, weights are loaded. It is the same for
every command, so it is paid once. What a cold start does is tested elsewhere (tests/cli/test_other_commands.py and, for
commands that start anew each, tests/security). Here a command still has a process of its own, with the arguments,
folder, environment and open files of whoever called, and its own exit status; only the start is shared.

As a program, this file is that one process. It ends when its standard input does, so it outlives no test run.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import io
import json
import os
import pkgutil
import select
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

NO_COMMANDS = {"frames", "pandas", "presidio"}  # rooms that no command enters
EXAMPLES = Path(__file__).resolve().parents[2] / "docs" / "examples"

# Stands where a shell finds it. The isolated interpreter without site starts in some milliseconds.
CLIENT = """#!{python} -IS
import json, os, socket, sys
files = [number for number in range(10) if os.path.exists(f"/dev/fd/{{number}}")]
line = socket.socket(socket.AF_UNIX)
line.connect({address!r})
socket.send_fds(line, [b"."], files)
line.sendall(json.dumps([files, sys.argv[1:], os.getcwd(), dict(os.environ)]).encode())
line.shutdown(socket.SHUT_WR)
sys.exit(int(line.makefile().read() or 1))
"""


@contextlib.contextmanager
def commands() -> Iterator[Path]:
    """A folder with the command in it, to be put first on the path."""
    with tempfile.TemporaryDirectory() as place:
        address, client = Path(place, "socket"), Path(place, "bin", "piiscrub")
        client.parent.mkdir()
        client.write_text(CLIENT.format(python=sys.executable, address=str(address)), encoding="utf-8")
        client.chmod(0o755)
        server = [sys.executable, "-P", __file__, str(address)]
        with subprocess.Popen(server, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == b"ready\n"
            yield client.parent


def get_warm() -> None:
    """Read everything that most commands read, by the doors of the library, so that nothing of a command stays behind."""
    import piiscrub as ps
    from piiscrub import cli

    for module in pkgutil.walk_packages(ps.__path__, "piiscrub."):
        if module.name.split(".")[1] not in NO_COMMANDS and not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    importlib.import_module("pypinyin")  # who compares names asks for it late, and it reads large tables
    with contextlib.redirect_stdout(io.StringIO()):
        cli.main(["--help"])
        cli.main(["entities"])  # Typer imports as much again when it first reads arguments
        with tempfile.TemporaryDirectory() as place:
            cli.main(["keys", "new", str(Path(place, "keys.json"))])
    for path in sorted(EXAMPLES.glob("*.[cjm][sd]*")):
        ps.scrub(path.read_text(encoding="utf-8")[:4000], policy="strict")
    ps.profile(str(EXAMPLES / "customers.csv"))


def serve(address: str) -> None:
    """Answer each call with a fork, until standard input ends."""
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(address)
        listener.listen()
        print("ready", flush=True)
        while sys.stdin not in select.select([listener, sys.stdin], [], [])[0]:
            line, _ = listener.accept()
            if os.fork() == 0:
                listener.close()
                line.sendall(str(answer(line)).encode())
                os._exit(0)
            line.close()
    with contextlib.suppress(ChildProcessError):
        while os.wait():  # whoever still works, and the time of all of them is counted as the test run's
            pass


def answer(line: socket.socket) -> int:
    """Run one command in a process of its own and return its exit status."""
    _, given, _, _ = socket.recv_fds(line, 1, 10)
    files, arguments, folder, environment = json.loads(line.makefile().read())
    if child := os.fork():
        for one in given:
            os.close(one)  # who reads what the command writes waits for the last that could write
        for one in range(3):
            os.close(one)
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    line.close()
    import fcntl  # POSIX alone has it, as it has fork

    above = [fcntl.fcntl(one, fcntl.F_DUPFD, 20) for one in given]  # out of the way of the numbers they are to have
    for one in given:
        os.close(one)
    for one, number in zip(above, files, strict=True):
        os.dup2(one, number)
        os.close(one)
    sys.stdin, sys.stdout, sys.stderr = (
        open(number, mode, encoding=stream.encoding, errors=stream.errors, closefd=False)  # noqa: SIM115  # open as long as the process
        for number, mode, stream in ((0, "r", sys.stdin), (1, "w", sys.stdout), (2, "w", sys.stderr))
    )
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = ["piiscrub", *arguments]
    from piiscrub.cli import main

    code = main()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)  # to take everything apart first costs more than most commands


if __name__ == "__main__":
    get_warm()
    gc.freeze()
    serve(sys.argv[1])
