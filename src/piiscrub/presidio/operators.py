"""Our operators as Presidio's, and an anonymizer without the traps of its defaults."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from presidio_anonymizer import AnonymizerEngine, DeanonymizeEngine
from presidio_anonymizer.entities import EngineResult, InvalidParamError, OperatorConfig
from presidio_anonymizer.operators import Operator as TheirOperator
from presidio_anonymizer.operators import OperatorType

from piiscrub.errors import OperatorError
from piiscrub.keys.bound import bound
from piiscrub.model.finding import Finding
from piiscrub.operate.protocol import ColumnContext, DocumentState, start
from piiscrub.operate.values import FAILED
from piiscrub.presidio.names import ours
from piiscrub.registry.operators import OperatorInfo, operator
from piiscrub.registry.operators import operators as registered

if TYPE_CHECKING:
    from piiscrub.keys.bound import Keys
    from piiscrub.operate.protocol import VaultScope

PREFIX = "piiscrub_"
_OF_SUBJECT = "date_shift"
_REFUSED = {
    "encrypt": "AES in CBC mode without authentication; use piiscrub_encrypt",
    "hash": "a plain digest of the value with a salt; use piiscrub_hash",
}


def operators(
    engine: AnonymizerEngine | DeanonymizeEngine | None = None, *, keys: Keys | None = None, vault: VaultScope | None = None
) -> tuple[type[TheirOperator], ...]:
    """Operator classes for ``AnonymizerEngine`` and ``DeanonymizeEngine``, one per operator on values that is registered.

    Each is called ``piiscrub_`` and its name here, takes the parameters it has in a policy, and checks them with its own
    messages. They share one document: the same value gets the same number, pseudonym or token. ``piiscrub_date_shift``
    takes ``subject`` besides, whose dates these are; dates of one subject move alike, in every text under the same keys.

    Args:
        engine: registers them there as well: for a DeanonymizeEngine those that can be undone.
        keys: a KeyRing, or BoundKeys for one recipient and purpose. Without it a random ring is made that nobody keeps: what
            is encrypted then is lost.
        vault: a scope of a Vault, for ``piiscrub_token``; a DeanonymizeEngine takes the values out of it.

    >>> from presidio_anonymizer.entities import RecognizerResult
    >>> engine = AnonymizerEngine()
    >>> len(operators(engine)) > 5
    True
    >>> mask = {"DEFAULT": OperatorConfig("piiscrub_mask", {"style": "display"})}
    >>> engine.anonymize("13800138000", [RecognizerResult("CN_MOBILE", 0, 11, 1.0)], mask).text
    '138****8000'
    """
    undoing = isinstance(engine, DeanonymizeEngine)
    document = DocumentState(keys=bound(keys), vault=vault)
    infos = [info for info in registered() if info.shape == "value" or info.name == _OF_SUBJECT]
    if undoing:
        infos = [info for info in infos if hasattr(type(operator(info.name)), "undo") or (info.name == "token" and vault)]
    made = tuple(_made(info, document, undoing) for info in infos)
    for one in made if engine is not None else ():
        if isinstance(engine, DeanonymizeEngine):
            engine.add_deanonymizer(one)
        else:
            assert engine is not None
            engine.add_anonymizer(one)
    return made


def _made(info: OperatorInfo, document: DocumentState, undoing: bool) -> type[TheirOperator]:
    kind = _Undo if undoing else _DoOfSubject if info.name == _OF_SUBJECT else _Do
    return type(f"Piiscrub{info.name.title()}", (kind,), {"info": info, "document": document, "__doc__": info.summary})


class _Do(TheirOperator):
    """What an operator of ours looks like to Presidio."""

    info: OperatorInfo
    document: DocumentState

    def operate(self, text: str, params: dict[str, Any] | None = None) -> str:
        entity, chosen = _split(params)
        finding = Finding(ours(entity), 0, len(text), 1.0, "presidio")
        return start(operator(self.info.name, chosen), self.document)(text, finding) if text else text

    def validate(self, params: dict[str, Any] | None = None) -> None:
        """Check the parameters.

        Raises:
            InvalidParamError: one that the operator does not take, or a value out of range.
        """
        try:
            operator(self.info.name, _split(params)[1])
        except OperatorError as error:
            raise InvalidParamError(str(error)) from None

    def operator_name(self) -> str:
        return PREFIX + self.info.name

    def operator_type(self) -> OperatorType:
        return OperatorType.Anonymize


class _DoOfSubject(_Do):
    """An operator on columns that looks at one cell and the person it belongs to; the caller names the person."""

    def operate(self, text: str, params: dict[str, Any] | None = None) -> str:
        entity, chosen = _split(params)
        subject = chosen.pop("subject")
        assert self.document.keys is not None
        context = ColumnContext(name=entity, keys=self.document.keys, entity=ours(entity), by=[subject])
        (moved,) = operator(self.info.name, chosen).column([text], context)  # type: ignore[attr-defined]  # it is one on columns
        return FAILED if moved is None else str(moved)  # no date: nobody can say how far it would move

    def validate(self, params: dict[str, Any] | None = None) -> None:
        _, chosen = _split(params)
        subject = chosen.pop("subject", None)
        if not isinstance(subject, str) or not subject:
            raise InvalidParamError(f"{self.info.name}: subject takes a text that says whose dates these are.")
        super().validate(chosen)


class _Undo(_Do):
    """The way back."""

    def operate(self, text: str, params: dict[str, Any] | None = None) -> str:
        entity, chosen = _split(params)
        if self.document.vault is not None and self.info.name == "token":
            value = self.document.vault.get(text)
            if value is None:
                raise OperatorError("token: this scope of the vault has given out no such token.")
            return value
        undo = operator(self.info.name, chosen).undo  # type: ignore[attr-defined]  # those without it are not made
        (value,) = undo([text], ours(entity), self.document)
        return str(value)

    def operator_type(self) -> OperatorType:
        return OperatorType.Deanonymize


def _split(params: dict[str, Any] | None) -> tuple[str, dict[str, Any]]:
    """The entity, which Presidio adds, and what the caller wrote."""
    chosen = dict(params or {})
    return str(chosen.pop("entity_type", "")), chosen


class SafeAnonymizerEngine(AnonymizerEngine):
    """Presidio's anonymizer with our operators, and without three of its traps.

    Two e-mail addresses with a space between are two results and not one; the caller's table of operators is not added to;
    ``encrypt`` and ``hash`` of Presidio are refused, as the one is AES-CBC without authentication and the other no keyed hash.
    """

    def __init__(self, *, keys: Keys | None = None, vault: VaultScope | None = None) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # theirs says no types
        operators(self, keys=keys, vault=vault)

    def anonymize(
        self,
        text: str,
        analyzer_results: Sequence[Any],
        operators: dict[str, OperatorConfig] | None = None,
        *more: Any,
        **options: Any,
    ) -> EngineResult:
        """As Presidio's; what it returns is the same but for the above.

        Raises:
            InvalidParamError: for an operator that is refused.
        """
        for entity, config in (operators or {}).items():
            if config.operator_name in _REFUSED:
                raise InvalidParamError(f"{entity}: {config.operator_name!r} is {_REFUSED[config.operator_name]}.")
        return super().anonymize(text, list(analyzer_results), dict(operators or {}), *more, **options)

    def _merge_entities_with_spaces_between(self, text: str, analyzer_results: list[Any]) -> list[Any]:
        return analyzer_results

    _merge_entities_with_whitespace_between = _merge_entities_with_spaces_between  # its name in older versions


def anonymizer(*, keys: Keys | None = None, vault: VaultScope | None = None) -> SafeAnonymizerEngine:
    """An ``AnonymizerEngine`` with our operators and safe defaults."""
    return SafeAnonymizerEngine(keys=keys, vault=vault)
