"""The pipeline, built once: scan, scrub, explain, one text or many."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from os import PathLike
from typing import TYPE_CHECKING

from piiscrub.decide.decide import decide, wanted_entities
from piiscrub.errors import InputError
from piiscrub.evidence.record import Evidence, counts
from piiscrub.model.finding import UNEXAMINED, Decision, Finding
from piiscrub.model.policy import Policy
from piiscrub.operate.protocol import Apply, Operator
from piiscrub.recognize.engine import Engine
from piiscrub.recognize.protocol import Recognizer
from piiscrub.recognize.repetition import repeated
from piiscrub.registry.bridges import take
from piiscrub.registry.policies import load_policy
from piiscrub.registry.recognizers import RecognizerLike, engine_for, hash_for, split
from piiscrub.scrubber.asking import findings_of, named_in
from piiscrub.scrubber.blind import with_unexamined
from piiscrub.scrubber.denied import denied, folded_lists, with_denied
from piiscrub.scrubber.results import ScanResult, ScrubResult
from piiscrub.scrubber.spans import moved, position, reaching
from piiscrub.scrubber.tags import find_tags
from piiscrub.scrubber.vaulted import Secrets
from piiscrub.text.folding import Text, read

if TYPE_CHECKING:  # what the first scan of a text does not need is loaded when first called
    from piiscrub.keys.bound import Keys
    from piiscrub.operate.protocol import VaultScope
    from piiscrub.registry.taggers import Named, NerLike
    from piiscrub.scrubber.applying import Operators
    from piiscrub.scrubber.explain import Explanation
    from piiscrub.scrubber.linking import Links
    from piiscrub.scrubber.many import Progress
    from piiscrub.scrubber.vaulted import VaultLike


class Scrubber:
    """Finds personal information and makes it safe, under one policy. Immutable; share it between threads.

    Args:
        policy: name of a preset (``review``, ``balanced``, ``strict``, ``display``), path of a policy file, or a Policy.
        recognizers: more recognizers besides the built-in ones: packs from ``load_recognizer``, paths of pack files or
            folders, ``"dist:NAME"`` for the plug-ins of an installed distribution, or objects with ``id``,
            ``entities`` and ``find``.
        operators: more operators that the policy may name: objects with a name, or ``{"initials": callable}``, where
            the callable takes (value, finding). One that does not say ``permissive = False`` is taken to leave part of
            the value readable.
        keys: a KeyRing, or BoundKeys for one recipient and purpose. Without it, a random ring is made when first needed and
            kept nowhere; evidence says so. Keys are not pickled with the Scrubber: see ``with_keys``.
        vault: a Vault, or the path of one, that keeps the values behind placeholders, so that ``restore`` can put them back.
        ner: who finds names, addresses, places and organisations: ``"default"`` (whom the policy names, else rules with the
            taggers of this package), ``"onnx"`` (the same in onnxruntime), ``"rules"`` (without taggers), None (nobody: ten to
            a hundred times as fast), ``"spacy:en_core_web_lg"`` or another installed model, a spaCy pipeline, a function from
            a text to (start, end, label), or an object with ``needs`` and ``tag``. Weights are loaded with the first text that
            may hold a name, and not at all where the wanted entities are none of these.
        presidio: recognizers of Presidio: instances, an ``AnalyzerEngine``, a registry, an NLP engine, the path of a registry
            YAML file, ``{"countries": ["kr", "za"]}``, or a list of these; besides those the policy names.

    Raises:
        UnknownNameError: for a policy, operator or plug-in that does not exist.
        PolicyError, PackError: for a file that is wrong.
        OperatorError: for an operator that cannot do what the policy asks of it.

    >>> scrubber = Scrubber(policy="display")
    >>> scrubber.scrub("联系电话：13800138000").text
    '联系电话：138****8000'
    """

    __slots__ = (
        "_engine",
        "_named",
        "_ner",
        "_operators",
        "_others",
        "_own",
        "_presidio",
        "_recognizers",
        "_rules",
        "_secrets",
        "_wants",
        "policy",
    )

    policy: Policy

    def __init__(
        self,
        *,
        policy: str | PathLike[str] | Policy = "balanced",
        recognizers: Sequence[RecognizerLike] = (),
        operators: Mapping[str, Apply] | Iterable[Operator] = (),
        ner: NerLike = "default",
        presidio: object = None,
        keys: Keys | None = None,
        vault: VaultLike | None = None,
    ) -> None:
        self._secrets = Secrets(keys, vault)
        self._operators: tuple[Operator, ...] = ()
        if operators:
            from piiscrub.registry.operators import named

            self._operators = named(operators)
        self.policy = load_policy(policy, operators=self._operators)
        if not self.policy.scan_only:  # looking needs no operator, and loading them takes its time
            from piiscrub.registry.operators import checked

            self.policy = checked(self.policy, self._operators)
        self._rules = folded_lists(self.policy)
        self._wants = wanted_entities(self.policy.entities)
        packs, others = split(recognizers)
        self._named: Named | None = None
        if ner is not None:
            from piiscrub.registry.taggers import named as named_recognizer

            self._named = named_recognizer(ner, by_policy=self.policy.ner)
        for foreign in (dict(self.policy.presidio), presidio):
            others += take("presidio", foreign)
        self._others: tuple[Recognizer, ...] = others
        self._presidio = presidio
        self._engine: Engine = engine_for(packs)
        self._own = frozenset(pack.id for pack in packs) | {other.id.partition(":")[0] for other in others}
        self._recognizers, self._ner = tuple(recognizers), ner

    def __repr__(self) -> str:
        recognizers = len(self._engine.packs) + len(self._others) + (self._named is not None)
        return f"<Scrubber: policy {self.policy.id!r}, {recognizers} recognizers>"

    def __reduce__(self) -> tuple[object, ...]:
        made_of = (self.policy, self._recognizers, self._operators, self._ner, self._presidio)
        return _rebuild, (*made_of, self._secrets.left_behind())

    def with_keys(self, keys: Keys | None, vault: VaultLike | None = None) -> Scrubber:
        """The same with other keys and another vault; what takes time to build is shared."""
        return self._with(Secrets(keys, vault))

    def _under(self, policy: Policy) -> Scrubber:
        """The same recognizers, operators and keys under another policy."""
        if policy == self.policy:
            return self
        return _rebuild(policy, self._recognizers, self._operators, self._ner, self._presidio, self._secrets)

    def _with(self, secrets: Secrets) -> Scrubber:
        other = object.__new__(Scrubber)
        for name in Scrubber.__slots__:
            setattr(other, name, getattr(self, name))
        other._secrets = secrets
        return other

    def scan(self, text: str, *, entities: Collection[str] | None = None, label: str = "") -> ScanResult:
        """Find what the policy reports.

        Args:
            text: any str; Chinese and English need no language argument.
            entities: report only these (with their children in the entity tree); None reports all.
            label: the column name or key that the text stands under; it counts as context.

        Raises:
            InputError: if ``text`` is no str.
        """
        return self._scan(read(text), entities, label)

    def _scan(
        self, text: Text, entities: Collection[str] | None, label: str = "", *, found: list[Finding] | None = None
    ) -> ScanResult:
        return ScanResult(text.raw, tuple(self._decide(text, entities, label, found)))

    def scrub(
        self,
        text: str,
        *,
        entities: Collection[str] | None = None,
        label: str = "",
        scope: str | None = None,
        document: Operators | None = None,
    ) -> ScrubResult:
        """Find and replace what the policy says; text outside the findings is left untouched.

        Args:
            text: any str.
            entities: only these (with their children in the entity tree).
            label: the column name or key that the text stands under.
            scope: with a vault: the name or id of the scope that placeholders are issued in. Without one, this Scrubber
                issues one of its own; ``evidence.scope`` names it.
            document: from ``document()``; makes several texts one document: the cells of a table, the lines of a log.

        With a vault, text that only looks like a placeholder gets one of its own, so that a restore gives back every
        character; the evidence counts it as ``escape``.

        Raises:
            InputError: if ``text`` is no str, or the policy only looks.
            KeysError: the vault cannot be used; the keys were left behind when this Scrubber was pickled.
        """
        self._changes()
        return self._scrub(read(text), entities, self.document(scope=scope) if document is None else document, label)

    def _scrub(
        self,
        text: Text,
        entities: Collection[str] | None,
        document: Operators,
        label: str = "",
        *,
        found: list[Finding] | None = None,
    ) -> ScrubResult:
        return self._apply(text, self._decide(text, entities, label, found), document)

    def document(
        self,
        *,
        keys: Keys | None = None,
        vault: VaultScope | None = None,
        scope: str | None = None,
        groups: Callable[[str], str] | None = None,
    ) -> Operators:
        """The state that texts of one document share, for ``scrub(document=...)``: numbers given so far, keys, a vault's scope.

        Without ``keys`` and ``vault`` (an open scope) it has those of this Scrubber; ``scope`` then names the scope.
        ``groups`` tells the linkage group of an entity, so that a value in a text is handled like that in a column.
        """
        from piiscrub.keys.bound import bound
        from piiscrub.scrubber.applying import Operators

        if keys is None and vault is None:
            vault = self._secrets.scope(scope)
        return Operators(self.policy, self._operators, self._secrets.keys() if keys is None else bound(keys), vault, groups)

    def scan_many(
        self, texts: Iterable[str], *, entities: Collection[str] | None = None, workers: int = 1, progress: Progress = None
    ) -> Iterator[ScanResult]:
        """Scan texts, in order. ``workers`` > 1 uses that many processes (started by spawn).

        Several texts are looked at together, names several times and patterns a third as fast again as one by one: one text is
        read from ``texts`` at first, then four, sixteen, up to 512 of them before their results come.

        Raises:
            InputError: for an item that is no str; like every failure of an item it names the position, not the text.
        """
        wanted_entities(entities)
        from piiscrub.scrubber.many import Job, map_texts

        return map_texts(self, Job("scan", entities), texts, workers=workers, progress=progress)

    def scrub_many(
        self,
        texts: Iterable[str],
        *,
        entities: Collection[str] | None = None,
        scope: str | None = None,
        workers: int = 1,
        progress: Progress = None,
    ) -> Iterator[ScrubResult]:
        """Scrub texts, in order, reading ahead as ``scan_many`` does. Each text is a document of its own: numbering starts again.

        With a vault all of them share one scope. Numbers are given as texts are done, so with several workers they may fall
        otherwise from run to run.
        """
        self._changes()
        wanted_entities(entities)
        from piiscrub.scrubber.many import Job, map_texts

        issued = self._secrets.scope(scope)
        return map_texts(
            self, Job("scrub", entities, None if issued is None else issued.id), texts, workers=workers, progress=progress
        )

    def _changes(self) -> None:
        if self.policy.scan_only:
            raise InputError(f"scrub takes a policy that changes text; {self.policy.id!r} only looks. Use scan, or 'balanced'.")

    def explain(self, text: str, start: int, end: int, *, label: str = "") -> Explanation:
        """Why ``text[start:end]`` was found, or why not: who saw it and what failed."""
        folded = read(text)
        if not 0 <= start < end <= len(text):
            raise InputError(f"explain takes 0 <= start < end <= {len(text)}, not {start} and {end}.")
        from piiscrub.scrubber.explain import explain

        return explain(folded, start, end, self._decide(folded, None, label), self._engine, label)

    def _decide(
        self, text: Text, entities: Collection[str] | None, label: str, found: list[Finding] | None = None
    ) -> list[Decision]:
        """The decisions on a text; ``found`` is what ``_find_each`` found in it, if it was asked before."""
        wanted = self._wanted(entities)
        findings = self._find_each((text.folded,), label, wanted)[0] if found is None else found
        return self._settle(text, findings, wanted) if findings or self._rules.deny else []

    def _wanted(self, entities: Collection[str] | None) -> frozenset[str] | None:
        return self._wants if entities is None else wanted_entities(entities)

    def _find_each(self, texts: Sequence[str], label: str, wanted: frozenset[str] | None) -> list[list[Finding]]:
        """Everything in each of these folded texts."""
        found = self._engine.find_each(texts, label=label)
        objects = [at for at, text in enumerate(texts) if text.startswith(("{", "["))] if label else []
        if objects:
            from piiscrub.scrubber.nested import nested

            for at in objects:
                found[at].extend(nested(texts[at], label, self._engine))
        for recognizer in self._others:
            for text, findings in zip(texts, found, strict=True):
                findings.extend(findings_of(recognizer, text, label))
        if self._named is not None and (wanted is None or not wanted.isdisjoint(self._named.entities)):
            together = named_in(self._named, texts) if len(texts) > 1 else (None,)
            for text, findings, named in zip(texts, found, together, strict=True):
                findings.extend(findings_of(self._named, text, label) if named is None else named)
        return found

    def _settle(self, text: Text, findings: list[Finding], wanted: frozenset[str] | None) -> list[Decision]:
        raw, folded = text.raw, text.folded
        if text.further:
            findings = [reaching(f, text) if f.entity == "URL" else f for f in findings]
        blind = [f for f in findings if f[0] == UNEXAMINED]  # by number: twice as fast as by name
        if blind:
            findings = [f for f in findings if f.entity != UNEXAMINED]
        findings.sort(key=position)
        tags = find_tags(folded) if "<" in folded else None
        replaced = [f for f in findings if tags.cover(f)] if tags else []
        if tags and replaced:
            findings = [f for f in findings if not tags.cover(f)]
        decisions = decide(findings, self._rules, folded, wanted=wanted, own=self._own)
        again = repeated(folded, decisions, self._engine.weak)
        if again:
            findings = sorted([*findings, *again], key=position)
            decisions = decide(findings, self._rules, folded, wanted=wanted, own=self._own)
        if replaced:
            decisions = sorted(
                (*decisions, *(Decision(f, False, "", "placeholder") for f in replaced)), key=lambda d: position(d.finding)
            )
        if self._rules.deny:
            listed = [f for f in denied(self._rules, folded) if wanted is None or f.entity in wanted]
            decisions = with_denied(decisions, listed, self.policy)
        if blind:
            decisions = with_unexamined(decisions, blind, self.policy)
        if len(raw) == len(folded):
            return decisions
        return [d._replace(finding=moved(d.finding, text)) for d in decisions]

    def _apply(self, text: Text, decisions: list[Decision], operators: Operators) -> ScrubResult:
        links, decisions = self._people(text.raw, decisions) if operators.links else (None, decisions)
        with operators.batch():
            new_text, escaped, carried_out, failures = operators.rewrite(text.raw, decisions, links)
        kept = iter(carried_out)
        done = tuple([next(kept) if decision.kept else decision for decision in decisions])
        return ScrubResult(new_text, done, self._evidence(done, set(failures), operators, escaped))

    def _people(self, text: str, decisions: list[Decision]) -> tuple[Links | None, list[Decision]]:
        """The people whom a text names in full, and the decisions with further mentions of them."""
        from piiscrub.scrubber.linking import Links

        links = Links(()).with_text(text, decisions)
        return (links, links.more(text, decisions, self.policy)) if links.people else (None, decisions)

    def _evidence(self, decisions: Sequence[Decision], failures: Collection[str], document: Operators, escaped: int) -> Evidence:
        entities, operators, dropped, unexamined = counts(decisions)
        return Evidence(
            policy=self.policy.id,
            policy_version=self.policy.version,
            policy_hash=self.policy.hash,
            packs_hash=hash_for(self._engine),
            entities=entities,
            operators=operators | ({"escape": escaped} if escaped else {}),
            dropped=dropped,
            failures=tuple(sorted(failures)),
            unexamined=unexamined,
            unexamined_kept=bool(unexamined) and self.policy.unexamined == "keep",
            key=document.keys.named if document.key_used or document.scope is not None else "",
            scope="" if document.scope is None else document.scope.id,
            linked=sum(d.kept and d.reason.endswith("; linked") for d in decisions),
            ambiguous=sum(d.kept and d.reason.endswith("; ambiguous") for d in decisions),
        )


def _rebuild(
    policy: Policy,
    recognizers: tuple[RecognizerLike, ...],
    operators: tuple[Operator, ...],
    ner: NerLike,
    presidio: object,
    secrets: Secrets,
) -> Scrubber:
    again = Scrubber(policy=policy, recognizers=recognizers, operators=operators, ner=ner, presidio=presidio)
    return again._with(secrets)
