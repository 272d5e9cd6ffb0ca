"""Puts the index of the recognizer files into the wheel (src/piiscrub/packs/index.py says what for)."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class PackIndex(BuildHookInterface[Any]):
    """A build hook of hatchling."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable":
            return  # the files of the checkout are read as they are
        sys.path.insert(0, str(Path(self.root, "src")))
        from piiscrub.packs.index import NAME, dumps
        from piiscrub.packs.load import load_folder

        self._folder = tempfile.TemporaryDirectory()
        index = Path(self._folder.name, NAME)
        index.write_text(dumps(load_folder(Path(self.root, "recognizers"))), "utf8")
        build_data["force_include"][str(index)] = f"piiscrub/_packs/{NAME}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        if version != "editable":
            self._folder.cleanup()
