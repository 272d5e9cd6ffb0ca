"""token: from the vault, the same for the same value of a scope, and nothing without a vault."""

from __future__ import annotations

from pathlib import Path

import pytest

from piiscrub.errors import OperatorError
from piiscrub.keys.vault import Vault
from piiscrub.operate.protocol import DocumentState, start
from piiscrub.operate.token import Token
from tests.operate.held import KEYS, finding


def test_a_token_comes_from_the_vault_and_leads_back(tmp_path: Path) -> None:
    with Vault(tmp_path / "vault.sqlite", KEYS) as vault:
        scope = vault.scope("letters")
        held = DocumentState(keys=KEYS, vault=scope)
        assert Token().many(["Zaphod Example", "Ada Example", "Zaphod Example"], "PERSON", held) == [
            "<PERSON_1>", "<PERSON_2>", "<PERSON_1>",
        ]  # fmt: skip
        assert start(Token(), held)("Ada Example", finding("PERSON")) == "<PERSON_2>"
        assert scope.get("<PERSON_2>") == "Ada Example"
        (token,) = Token(random=True).many(["Ford Example"], "PERSON", held)
        assert len(token) > len("<PERSON_>") + 10
        assert scope.get(token) == "Ford Example"


def test_without_a_vault_there_is_no_token() -> None:
    with pytest.raises(OperatorError, match="there is no vault"):
        Token().many(["a"], "PERSON", DocumentState(keys=KEYS))
    with pytest.raises(OperatorError, match="random takes true or false"):
        Token(random=1)  # type: ignore[arg-type]  # wrong on purpose
