"""Names of counties that are names of persons, too: 入党介绍人：桂林, 请问是冀州先生吗, 平遥 before an identity number."""

from __future__ import annotations

from piiscrub.recognize import named_scores as worth
from piiscrub.reference.places import places
from piiscrub.reference.words import name_words
from piiscrub.text.late import late

_HOLDER = late(
    r"[ ：:，,（(]{0,2}(?:(?:居民)?身份证(?:件)?(?:号码?)?|公民身份号码|证件号码?)?[：:为是 ]{0,2}"
    r"[1-9][0-9]{5}(?:19|20)[0-9]{2}[01][0-9][0-3][0-9]{4}[0-9Xx]"
)


def names_somebody(text: str, start: int, end: int, left: float, cue: str, right: float, *, whole: bool) -> bool:
    """Whether the name of a county is that of a person: behind a label, before a number of theirs or 先生.

    >>> text = "请问是冀州先生吗"
    >>> names_somebody(text, 3, 5, worth.VERB, "是", worth.TITLE_AFTER, whole=False)
    True
    """
    if text[start:end] in name_words("value"):
        return False
    if whole and right >= worth.EDGE_AFTER and left >= worth.LABEL_BARE and cue:
        place = places()[text[start:end]]
        district = place.level == "district"
        told = district or (text[start - 1] in "：:、" and cue not in name_words("parcel"))
        if told or right == worth.DIGITS_AFTER:
            return True
    if whole and _HOLDER.match(text, end):
        return True
    polite = any(text.startswith(word, end) for word in name_words("polite"))
    return polite and text[max(0, start - 2) : start].endswith((*name_words("asked"), "：", ":", "，", "。", "\n"))
