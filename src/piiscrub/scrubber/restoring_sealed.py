"""Open what was encrypted inside a text, with the keys alone."""

from __future__ import annotations

from piiscrub.errors import KeysError, OperatorError
from piiscrub.keys.bound import BoundKeys, Keys, bound
from piiscrub.operate import sealed
from piiscrub.operate.encrypt import Encrypt
from piiscrub.operate.protocol import DocumentState
from piiscrub.operate.sealed import Sealed


class Opener:
    """Values of the tokens made with these keys, for their recipient and purpose, in any epoch that still exists.

    >>> keys = bound(None)
    >>> from piiscrub.model.finding import Finding
    >>> from piiscrub.operate.protocol import start
    >>> made = start(Encrypt(), DocumentState(keys=keys))("13800138000", Finding("CN_MOBILE", 0, 11, 1.0, "cn_mobile"))
    >>> Opener(keys).value(next(sealed.find(made)))
    '13800138000'
    """

    def __init__(self, keys: Keys) -> None:
        self.keys: BoundKeys = bound(keys)
        self._documents: dict[int, DocumentState] = {}

    def value(self, token: Sealed) -> str | None:
        """What was encrypted; None for a token of other keys, one of an epoch that was destroyed, or one that was altered."""
        if not sealed.whole(token.payload):
            return None
        try:
            operator = Encrypt(mode=token.mode, cipher=token.cipher, pad=token.pad)
            (value,) = operator.undo([token.payload], token.entity, self._document(token.epoch))
        except (OperatorError, KeysError):
            return None
        return value

    def _document(self, epoch: int) -> DocumentState:
        document = self._documents.get(epoch)
        if document is None:
            document = DocumentState(keys=self.keys.in_epoch(epoch))
            document.key("encrypt", "epoch", "")  # raises here if there is none such
            self._documents[epoch] = document
        return document
