"""All checks: every module of the room but the private ones."""

import importlib
import pkgutil

import piiscrub.validators as room

# These read free forms rather than numbers: known answers stand in their own tests and in the examples of their packs.
FREE_FORMS = {"birth_date", "calendar_date", "phone", "url"}


def _load():
    for entry in pkgutil.iter_modules(room.__path__):
        if not entry.name.startswith("_"):
            yield importlib.import_module(f"{room.__name__}.{entry.name}")


MODULES = sorted(_load(), key=lambda module: module.__name__)
NAMES = [module.__name__.rpartition(".")[2] for module in MODULES]
