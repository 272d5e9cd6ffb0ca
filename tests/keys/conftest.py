"""A ring with a key file and a vault beside it."""

from __future__ import annotations

import pytest

from piiscrub.keys.ring import KeyRing
from piiscrub.keys.vault import Vault


@pytest.fixture
def ring(tmp_path):
    return KeyRing.new(tmp_path / "keys.json")


@pytest.fixture
def vault(tmp_path, ring):
    with Vault(tmp_path / "vault.sqlite", ring) as opened:
        yield opened
