"""Run the notebooks of docs/notebooks and store their outputs; ``--check`` says whether the stored ones are what comes out.

    python tools/notebooks.py

Nothing of the machine is stored: no times, no paths, no name or version of its interpreter.
"""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbformat import NotebookNode

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "notebooks"
_ADDRESS = re.compile(r"0x[0-9a-f]{6,}")


def executed(path: Path) -> NotebookNode:
    """The notebook with fresh outputs, in a new interpreter, in its own folder. A cell that fails raises."""
    notebook = nbformat.read(path, as_version=4)
    client = NotebookClient(notebook, timeout=300, kernel_name="python3", resources={"metadata": {"path": str(path.parent)}})
    client.execute()
    for number, cell in enumerate(notebook.cells, 1):
        cell["id"] = f"cell-{number:02d}"
        cell.metadata = NotebookNode()
        if cell.cell_type == "code":
            cell.outputs = [_plain(output) for output in cell.outputs]
    notebook.metadata = NotebookNode({"language_info": {"name": "python"}})
    return notebook


def _plain(output: NotebookNode) -> NotebookNode:
    if "data" in output:
        output.metadata = NotebookNode()
        output.data = NotebookNode({kind: _ADDRESS.sub("0x…", str(text)) for kind, text in output.data.items()})
    return output


def main() -> int:
    """0 when all ran, and with ``--check`` gave what is stored."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    check = parser.parse_args().check
    stale = []
    for path in sorted(FOLDER.glob("*.ipynb")):
        text = nbformat.writes(executed(path)) + "\n"
        if check and text != path.read_text(encoding="utf-8"):
            stale.append(path.name)
        elif not check:
            path.write_text(text, encoding="utf-8")
            print(f"{path.name}: stored")
    for name in stale:
        print(f"{name}: what is stored is not what comes out; run tools/notebooks.py", file=sys.stderr)
    return 1 if stale else 0


if __name__ == "__main__":
    raise SystemExit(main())
