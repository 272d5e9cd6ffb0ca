"""Put a word of a list in the value's place, chosen by the key."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from piiscrub.errors import OperatorError
from piiscrub.operate import params
from piiscrub.operate.draws import Draws
from piiscrub.operate.protocol import DocumentState
from piiscrub.operate.same import same
from piiscrub.operate.values import OnValues, Work


@dataclass(frozen=True, slots=True, kw_only=True)
class Choose(OnValues):
    """One of your ``words`` ("red|green|blue"): the same for the same value, and many values share each word.

    >>> from piiscrub.keys.bound import bound
    >>> Choose(words="A|B").many(["x"], "OCCUPATION", DocumentState(keys=bound(None)))[0] in "AB"
    True
    """

    words: str = "A|B|C"

    name: ClassVar[str] = "choose"
    reversible: ClassVar[bool] = False
    permissive: ClassVar[bool] = False
    streams: ClassVar[bool] = True
    leaks: ClassVar[str] = "Which places may hold the same value; different words are different values."
    family: ClassVar[str] = "pseudonymisation: dictionary replacement (ISO/IEC 20889)"

    def __post_init__(self) -> None:
        params.string(self.name, "words", self.words)
        if len(set(self.words.split("|"))) < 2 or not all(self.words.split("|")):
            raise OperatorError("choose: words takes two or more different words, joined by |.")

    def work(self, entity: str, document: DocumentState, /) -> Work:
        key = document.key(self.name, self.name, entity)
        words = self.words.split("|")
        return lambda value: Draws(key, same(entity, value)).one(words)
