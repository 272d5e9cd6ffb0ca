"""One column: what its header says and what its values say, weighed against each other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from piiscrub.model import entities
from piiscrub.model.plan import Role
from piiscrub.table.profile import words
from piiscrub.table.profile.candidate import Candidate
from piiscrub.table.profile.fits import decimals, fit
from piiscrub.table.profile.header_lists import word_lists
from piiscrub.table.profile.headers import Hit, tells_by_flag
from piiscrub.table.profile.model import Clue
from piiscrub.table.profile.shapes import Shapes

_ROLES: dict[str, Role] = {"direct": "direct", "quasi": "quasi", "sensitive": "sensitive", "none": "none"}
_FITS, _SURE, _ENOUGH, _STRONG = 0.45, 0.75, 0.58, 0.85
_SAYS, _HINTS = 0.8, 0.45  # strength from which a header decides, and below which it only hints
_YEAR_IN = re.compile(r"[A-Za-z]{1,5}[-_/]?(?:19|20)[0-9]{2}")
_NO_NUMBERS = 0.2  # share of numbers below which a column is none of amounts
_ACCOUNT = 12  # digits that no count has: a number of somebody or something, however often it is repeated
_LONG = 6  # digits from which a number that differs in every row may be an account
_NAMES = 20  # different names that no list of choices holds
_FEW = 30  # different values of a list of choices
# A column whose header names one of these is never called none, whatever its values look like (rule book G11).
_NEVER_NONE = ("IDENTITY_DOCUMENT", "FINANCIAL_ACCOUNT", "HEALTH_NUMBER", "SECRET", "BIOMETRIC")
_RELATED = (
    {"DATE_TIME", "DATE_OF_BIRTH"}, {"ORGANIZATION", "EMPLOYER"}, {"NATIONALITY", "LOCATION"}, {"PERSON", "PERSON_MASKED"},
    {"CREDIT_CARD", "BANK_ACCOUNT"}, {"CN_BANK_CARD", "BANK_ACCOUNT"},
)  # fmt: skip


@dataclass(frozen=True)
class Verdict:
    """What a column is taken for. ``role`` follows the entity unless said otherwise; if not ``firm``, neighbours may decide."""

    entity: str = ""
    confidence: float = 0.0
    clues: tuple[Clue, ...] = ()
    role: Role = "none"
    abstained: bool = False
    firm: bool = True
    alternatives: tuple[tuple[str, float], ...] = ()
    shapes: Shapes = field(default_factory=lambda: Shapes((), 0, 0), repr=False)
    hits: tuple[Hit, ...] = ()
    found: tuple[Candidate, ...] = ()

    @classmethod
    def of(cls, entity: str, confidence: float, *clues: Clue, firm: bool = True) -> Verdict:
        role: Role = _ROLES[entities.get(entity).identifier] if entity else "none"
        return cls(entity, min(0.99, confidence), clues, role, firm=firm)

    @classmethod
    def unsure(cls, *clues: Clue) -> Verdict:
        return cls("", 0.0, clues, "unknown", True, firm=False)

    def again(self, other: Verdict) -> Verdict:
        """Another verdict on the same column, with what was seen of it."""
        return replace(other, alternatives=self.alternatives, shapes=self.shapes, hits=self.hits, found=self.found)


def judge(hits: Sequence[Hit], shapes: Shapes, found: Sequence[Candidate]) -> Verdict:
    """The verdict on one column without its neighbours."""
    verdict = _by_both(hits, shapes, found) or _by_values(hits, shapes, found) or _as_text(hits, shapes) or _plain(hits, shapes)
    others = [(one.entity, round(one.score, 2)) for one in found if one.entity != verdict.entity][:3]
    named = {entity for entity, _ in others}
    others += [
        (h.kind, round(0.5 * h.strength, 2)) for h in hits if h.personal and h.kind != verdict.entity and h.kind not in named
    ]
    return replace(verdict, shapes=shapes, hits=tuple(hits), alternatives=tuple(others), found=tuple(found))


def header_clue(hit: Hit) -> Clue:
    """That a word of the header says so."""
    return "profile.header", {"word": hit.word, "kind": hit.kind}


def _by_both(hits: Sequence[Hit], shapes: Shapes, found: Sequence[Candidate]) -> Verdict | None:
    """What the header says, if the values allow it."""
    personal = [hit for hit in hits if hit.personal]
    if hits and hits[0].kind == "amount" and hits[0].strength < _SAYS and decimals(shapes):
        return None  # 银行卡手续费 is a fee, and what it is for comes first
    if not shapes.values:
        if personal:
            return Verdict.of(personal[0].kind, 0.5 * personal[0].strength, header_clue(personal[0]), ("profile.empty", {}))
        return Verdict.of("", 0.9, ("profile.empty", {}))
    best = max((one for hit in personal if (one := _weigh(hit, shapes, found))), key=lambda one: one.confidence, default=None)
    if best and not (best.entity or best.abstained) and any(hit.strength >= _SAYS and _never_none(hit) for hit in personal):
        return Verdict.unsure(*best.clues)  # 0 may stand for a number that was left out, as well as for: has none
    if best or not personal or personal[0].strength < _SAYS:
        return best
    told = any(one.score >= _ENOUGH for one in found) or shapes.sentences > 0.3
    if told or entities.get(personal[0].kind).identifier == "none":
        return None
    if shapes.distinct <= 12 and shapes.rows > 5 * shapes.distinct:
        return Verdict.of("", 0.6, header_clue(personal[0]), ("profile.few", {"n": shapes.distinct}))
    return Verdict.unsure(header_clue(personal[0]), ("profile.misfit", {}))


def _weigh(hit: Hit, shapes: Shapes, found: Sequence[Candidate]) -> Verdict | None:
    near = next((one for one in found if _related(one.entity, hit.kind)), None)
    share, passed = fit(hit.kind, shapes)
    if hit.word in word_lists().houses:
        share = max(share, shapes.share("whole"))  # 12
    if near is None and (hit.strength < _HINTS or (passed < 0.8 and any(_beats(one, hit) for one in found))):
        return None
    if shapes.share("bool") > 0.95 and shapes.distinct <= 3 and hit.kind not in ("GENDER", "CN_MARITAL_STATUS"):
        if hit.strength >= _SAYS and tells_by_flag(hit):
            return Verdict.of(hit.kind, 0.8 * hit.strength, header_clue(hit), ("profile.flags", {}))
        return Verdict.of("", 0.7, header_clue(hit), ("profile.flags", {}))
    months = shapes.share("month") > 0.8 and not shapes.share("calendar") > 0.8
    if entities.is_a(hit.kind, "DATE_TIME") and months and hit.kind != "DATE_OF_BIRTH":
        return Verdict.of("", 0.6, header_clue(hit), ("profile.months", {}))
    m = min(200, len(shapes.values))
    if share < _FITS and near is None:
        if _never_none(hit) and hit.strength > _HINTS:
            if shapes.share("number") > 0.9 and shapes.share("whole") < 0.5:
                return Verdict.unsure(header_clue(hit), ("profile.misfit", {}))  # amounts: balance_eth
            return Verdict.of(hit.kind, 0.5 * hit.strength, header_clue(hit), ("profile.misfit", {}))
        return None
    if near:
        clue = near.clue
    elif passed >= 0.5:
        clue = ("profile.passed", {"n": round(passed * m), "m": m, "entity": hit.kind})
    else:
        clue = ("profile.fits", {"n": round(share * m), "m": m})
    worth = hit.strength * (0.55 + 0.3 * share) + (0.25 * near.score if near else 0.0) + 0.1 * passed
    return Verdict.of(_finer(hit.kind, near), worth, header_clue(hit), clue)


def _never_none(hit: Hit) -> bool:
    return any(entities.is_a(hit.kind, root) for root in _NEVER_NONE)


def _beats(one: Candidate, hit: Hit) -> bool:
    """Whether what the values say leaves no room for what the header says."""
    if one.sure and one.score >= _SURE:
        return True
    if hit.kind == "ACCOUNT":
        return one.entity == "PERSON" and one.score >= 0.8
    return hit.kind == "PERSON" and one.entity == "ORGANIZATION" and one.score >= 0.7


def _by_values(hits: Sequence[Hit], shapes: Shapes, found: Sequence[Candidate]) -> Verdict | None:
    plain = next((hit for hit in hits if not hit.personal and hit.strength >= _SAYS), None)
    if plain and plain.kind in ("amount", "number") and max(shapes.share("number"), shapes.share("money")) < _NO_NUMBERS:
        plain = None  # a column called value, of words or telephone numbers
    for one in found:
        if one.score < _ENOUGH:
            break
        if one.sure and one.score >= _SURE:
            return Verdict.of(one.entity, one.score, one.clue)
        if one.clue[0] == "profile.moments" and any(hit.kind in ("row", "order") for hit in hits):
            continue  # 日志ID counts milliseconds, and is no date
        filled = shapes.sentences < 0.3 and entities.get(one.entity).identifier == "direct"
        if plain and plain.kind == "text" and one.score >= _STRONG and filled:
            return Verdict.of(one.entity, one.score, one.clue, firm=False)  # a column of notes that holds addresses alone
        named = one.entity == "PERSON" and one.score >= _STRONG and shapes.distinct >= _NAMES
        if plain and not (named and plain.kind in ("code", "order")):
            continue
        return Verdict.of(one.entity, one.score, one.clue, firm=False)
    return None


def _as_text(hits: Sequence[Hit], shapes: Shapes) -> Verdict | None:
    if shapes.share("agent") > 0.8:
        return Verdict.of("", 0.8, ("profile.agents", {}))
    said = next((hit for hit in hits if hit.kind == "text" and hit.strength >= _HINTS), None)
    reads = shapes.sentences >= 0.3 or (shapes.words >= 5 and shapes.length >= 30)
    if not reads and not (said and shapes.share("number") < 0.5):
        return None
    clues: tuple[Clue, ...] = (("profile.text", {"n": round(shapes.length)}),)
    return replace(Verdict.of("", 0.85 if said else 0.7, *((header_clue(said),) if said else ()), *clues), role="text")


def _plain(hits: Sequence[Hit], shapes: Shapes) -> Verdict:
    """A header, or a look, that says: nothing personal. Else it cannot be told."""
    said = next((hit for hit in hits if not hit.personal and hit.strength >= _HINTS), None)
    if said:
        return Verdict.of("", 0.5 + 0.4 * said.strength, header_clue(said))
    whole, size = shapes.share("whole"), max(shapes.digits, default=0)
    if shapes.distinct == 1 and shapes.rows > 1:
        if words.latin_name(shapes.values[0]) or words.han_names(shapes.values) >= _SURE:
            return Verdict.unsure(_names(shapes))  # the rows of one person: no column to be kept unseen
        return Verdict.of("", 0.7, ("profile.constant", {}))
    if shapes.share("bool") > 0.95:
        return Verdict.of("", 0.7, ("profile.flags", {}))
    if shapes.share("measure") > 0.8:
        return Verdict.of("", 0.7, ("profile.measures", {}))
    if shapes.share("pair") > 0.9:
        return Verdict.of("", 0.55, ("profile.measures", {}), firm=False)
    if shapes.forms["9.9.9"] + shapes.forms["a9.9.9"] > 0.9 * len(shapes.values):
        return Verdict.of("", 0.7, ("profile.versions", {}))
    if words.share(shapes.values[:200], words.colour) > 0.75:
        return Verdict.of("", 0.7, ("profile.colours", {}))
    if _goods(shapes):
        return Verdict.of("", 0.8, ("profile.goods", {}))
    if shapes.share("path") > 0.9 and shapes.unique > 0.02:
        return replace(Verdict.of("", 0.6, ("profile.paths", {})), role="text")
    if shapes.share("time") > 0.8 or shapes.share("month") > 0.8:
        return Verdict.of("", 0.6, ("profile.months", {}), firm=False)
    if max(shapes.share("money"), shapes.share("number")) > 0.9 and whole < 0.9:
        return Verdict.of("", 0.75, ("profile.amounts", {}), firm=False)
    if whole > 0.9:
        return _whole(shapes, size)
    if shapes.distinct <= _FEW and shapes.rows >= 4 * shapes.distinct:
        if all(map(words.full_name, shapes.values)):
            return Verdict.unsure(_names(shapes))  # the two who do the work
        return Verdict.of("", 0.6, ("profile.few", {"n": shapes.distinct}), firm=False)
    if shapes.share("code") > 0.8 and (shapes.unique < 0.9 or _dated(shapes)):
        return Verdict.of("", 0.55, ("profile.codes", {}), firm=False)
    return Verdict.unsure(("profile.unsure", {}))


def _names(shapes: Shapes) -> Clue:
    return "profile.names", {"n": len(shapes.values), "m": len(shapes.values)}


def _whole(shapes: Shapes, size: int) -> Verdict:
    numbers = sorted(shapes.whole)
    if numbers and shapes.unique > 0.99 and numbers[-1] - numbers[0] < max(3, 2 * shapes.distinct):
        return Verdict.of("", 0.7, ("profile.serial", {}), firm=False)
    common = max(shapes.digits.values(), default=0)
    least = min(shapes.digits, default=0)
    if least >= _LONG and shapes.unique > 0.9 and shapes.rows >= _FEW and not _rounded(shapes):
        return Verdict.unsure(("profile.long", {"n": least}))  # account numbers of several lengths
    if least >= _ACCOUNT and shapes.distinct >= _FEW and not _rounded(shapes):
        return Verdict.unsure(("profile.long-repeated", {"n": least}))  # accounts in a table of what happened on them
    thousands = sum(value.endswith("000") for value in shapes.values) > 0.9 * len(shapes.values)
    if not thousands and size >= 5 and shapes.unique > 0.7 and common > (0.8 if size > 5 else 0.95) * len(shapes.values):
        return Verdict.unsure(("profile.long", {"n": size}))
    return Verdict.of("", 0.6, ("profile.counts", {}), firm=False)


def _rounded(shapes: Shapes) -> bool:
    return sum(value.endswith("00") for value in shapes.values) > 0.3 * len(shapes.values)


def _goods(shapes: Shapes) -> bool:
    """Whether they are article numbers: 8, 12 or 13 digits with the check digit of GS1, books among them."""
    plain = [value.replace("-", "") for value in shapes.values]
    right = [v for v in plain if len(v) in (8, 12, 13) and v.isascii() and v.isdigit()]
    if len(right) < max(12, 0.95 * len(plain)):
        return False
    passed = sum(sum(int(ch) * (3 if i % 2 else 1) for i, ch in enumerate(reversed(v))) % 10 == 0 for v in right)
    return passed > 0.95 * len(right)


def _dated(shapes: Shapes) -> bool:
    """Whether most codes are one beginning and a year, as order numbers are; other codes may be those of persons."""
    start = [value[:2] for value in shapes.values]
    same = max(map(start.count, set(start[:5]))) > 0.8 * len(start)
    years = sum(_YEAR_IN.match(value) is not None for value in shapes.values)
    return same and years > 0.9 * len(start)


def _related(one: str, other: str) -> bool:
    return entities.is_a(one, other) or entities.is_a(other, one) or {one, other} in _RELATED


def _finer(kind: str, near: Candidate | None) -> str:
    """The narrower of two entities of one line: PHONE_NUMBER in the header, CN_MOBILE in the values.

    Not for dates: that they lie long ago does not make those of a hiring birth dates.
    """
    if near is None or kind == "DATE_TIME":
        return kind
    if kind == "BANK_ACCOUNT" and near.entity in ("CREDIT_CARD", "CN_BANK_CARD"):
        return near.entity
    return near.entity if entities.is_a(near.entity, kind) or near.entity == "PERSON_MASKED" else kind
