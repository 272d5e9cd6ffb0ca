"""``df.pii`` as soon as there are frames: at once if pandas or polars is loaded, else right after its import.

A finder at the front of ``sys.meta_path`` waits for the import, lets Python find the module as ever, and stands back once
it was loaded: neither the finder nor a changed loader is left behind. (wrapt's hooks do the same but keep a finder and
wrap the loader for good.)
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.util import find_spec
from types import ModuleType

LIBRARIES = ("pandas", "polars")


def install() -> None:
    """Register the namespaces with each library that is loaded, and wait for those that are not."""
    for library in LIBRARIES:
        module = sys.modules.get(library)
        if module is None:
            if not any(isinstance(finder, _Waiting) and finder.library == library for finder in sys.meta_path):
                sys.meta_path.insert(0, _Waiting(library))
        elif hasattr(module, "DataFrame"):  # else it is being imported right now, by somebody it imports
            register(library)


def register(library: str) -> None:
    """Register ``pii`` with one library, which is loaded."""
    if library == "pandas":
        from piiscrub.frames.accessor import register_pandas

        register_pandas()
    else:
        from piiscrub.frames.accessor import register_polars

        register_polars()


class _Waiting(MetaPathFinder):
    """Waits for the import of one library."""

    def __init__(self, library: str) -> None:
        self.library = library
        self._asking = False

    def find_spec(self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None) -> ModuleSpec | None:
        if fullname != self.library or self._asking:
            return None
        self._asking = True  # the other finders are asked by the same way
        try:
            spec = find_spec(fullname)
        finally:
            self._asking = False
        if spec is not None and spec.loader is not None:
            self._follow(spec.loader)
        return spec

    def _follow(self, loader: object) -> None:
        """Let this one loader, made for this one import, tell when the module is there."""
        load: Callable[[ModuleType], None] | None = getattr(loader, "exec_module", None)
        if load is None or not hasattr(loader, "__dict__") or "exec_module" in vars(loader):
            return

        def then_register(module: ModuleType) -> None:
            load(module)
            del vars(loader)["exec_module"]
            if self in sys.meta_path:
                sys.meta_path.remove(self)
            register(self.library)

        vars(loader)["exec_module"] = then_register
