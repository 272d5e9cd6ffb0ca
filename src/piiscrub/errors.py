"""Every exception the library raises on purpose.

    PiiscrubError
    ├── InputError            what was handed in cannot be examined (also a TypeError)
    ├── UnknownNameError      no recognizer, operator, policy or entity of that name (also a LookupError)
    ├── DefinitionError       a file that defines something is wrong: which file, which key, what to do
    │   ├── PackError             a recognizer file
    │   └── PolicyError           a policy file
    ├── OperatorError         an operator was built with wrong parameters (also a ValueError)
    ├── KeysError             a key, key file or vault that is missing, wrong, changed or destroyed
    ├── HandoverError         a hand-over that may not be, or that would take something along; ``problems`` lists why
    ├── DestructionError      a destruction that may not be, or was not confirmed; ``problems`` lists why
    ├── LedgerError           a ledger that cannot be read, or not be added to as it stands
    ├── PlanError             a plan that cannot be applied to this table: undecided, or the table has changed (also a ValueError)
    ├── MissingDependencyError  a package of an extra is not installed (also an ImportError)
    └── SourceError           a file cannot be read or written

The wording lives in the constructors, so that call sites stay short and no message ever carries a value.
Each class has a stable ``code``; the command line looks the Chinese sentence up by it.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from os import PathLike

_LISTED = 24  # names: a list of more says nothing in one line


def nearest(name: str, known: Iterable[str], *, at_least: float = 0.5) -> str:
    """The known name most like ``name``, or "" if none is like it: ``at_least`` is how much, from 0 to 1."""
    near = difflib.get_close_matches(name, list(known), n=1, cutoff=at_least)
    return near[0] if near else ""


class PiiscrubError(Exception):
    """Base of all errors raised on purpose; ``code`` is stable across versions."""

    code = "piiscrub"


class InputError(PiiscrubError, TypeError):
    """What was handed in is of a type, or in a state, that cannot be examined."""

    code = "input"

    @classmethod
    def not_text(cls, value: object, *, where: str) -> InputError:
        hint = " Decode it first, for example with value.decode('utf-8')." if isinstance(value, bytes | bytearray) else ""
        if hasattr(value, "__arrow_c_stream__"):
            hint = " For a frame: df.pii.scan() and df.pii.scrub(), or plan and apply."
        if where == "scan" and isinstance(value, list | tuple):
            hint = " For many texts: scan_many and scrub_many."
        if isinstance(value, PathLike):
            hint = " For a file: its text, path.read_text(encoding='utf-8'), or the commands piiscrub scan and scrub."
        return cls(f"{where} takes a str, not {type(value).__name__}.{hint}")


class UnknownNameError(PiiscrubError, LookupError):
    """A name that nothing is registered under; says the nearest right one, or all if they are few."""

    code = "unknown-name"

    def __init__(self, kind: str, name: str, known: Iterable[str], *, where: str = "") -> None:
        self.kind, self.name = kind, name
        known = set(known)
        near = nearest(name, known)
        place = f"{where}: " if where else ""
        others = sorted(known) if kind != "column" else []  # headers may be personal information themselves
        listed = f" There are: {', '.join(others)}." if others and len(others) <= _LISTED else ""
        super().__init__(f"{place}No {kind} {name!r}." + (f" Did you mean {near!r}?" if near else listed))


class DefinitionError(PiiscrubError, ValueError):
    """A definition file is wrong. The message reads ``file: key: what is wrong and what to do``."""

    code = "definition"

    def __init__(self, path: str, key: str, problem: str) -> None:
        self.path, self.key, self.problem = path, key, problem
        super().__init__(f"{path}: {key}: {problem}" if key else f"{path}: {problem}")


class PackError(DefinitionError):
    """A recognizer file is wrong."""

    code = "pack"


class PolicyError(DefinitionError):
    """A policy file is wrong."""

    code = "policy"


class OperatorError(PiiscrubError, ValueError):
    """An operator was built with a parameter it does not take or a value out of range."""

    code = "operator"


class KeysError(PiiscrubError):
    """A key, key file or vault is missing, wrong, changed or destroyed. The message never holds a key or a value."""

    code = "keys"


class LedgerError(PiiscrubError):
    """A ledger cannot be read, or its end does not verify, so that nothing may be added to it."""

    code = "ledger"


class HandoverError(PiiscrubError):
    """A hand-over was stopped: a rule is not met, or something is left in what was written. Nothing was handed over."""

    code = "handover"

    def __init__(self, problems: Sequence[str], *, found: int = 0, way_out: str = "") -> None:
        self.problems = tuple(problems)
        more = found - len(problems)
        lines = [f"  - {problem}" for problem in self.problems] + ([f"  - and {more} more places"] if more > 0 else [])
        if way_out:
            lines.append(f"  {way_out}")
        super().__init__("the hand-over was stopped, and nothing was handed over:\n" + "\n".join(lines))


class DestructionError(PiiscrubError):
    """A destruction was not begun: a rule is not met, or what was confirmed is not what is there. Nothing was destroyed."""

    code = "destruction"

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("nothing was destroyed:\n" + "\n".join(f"  - {problem}" for problem in self.problems))


class PlanError(PiiscrubError, ValueError):
    """A plan cannot be applied to this table; ``problems`` lists every reason, by column position."""

    code = "plan"

    def __init__(self, problems: Iterable[str], *, table: str = "") -> None:
        self.problems = tuple(problems)
        of = f" to table {table!r}" if table else ""
        super().__init__(f"The plan cannot be applied{of}: " + " ".join(self.problems))


class MissingDependencyError(PiiscrubError, ImportError):
    """Something needs a package that an extra brings."""

    code = "missing-dependency"

    def __init__(self, what: str, extra: str) -> None:
        super().__init__(f"{what} needs a package that is not installed. From your checkout: pip install '.[{extra}]'.")


class SourceError(PiiscrubError, OSError):
    """A file cannot be read or written; the message names the file and the way out, never its content."""

    code = "source"
