"""Numbers of courts, offices and standards, whose parts look like addresses and institutions: (2024)沪0105民初12345号,
粤府办〔2021〕3号, GA 36-2018.

Case numbers: 最高人民法院关于人民法院案件案号的若干规定 (法〔2015〕137号): year, court, kind, serial. Papers of offices:
GB/T 9704-2012, 7.2.5: short name of the office, year in brackets, serial. Confidence M.
"""

from __future__ import annotations

from piiscrub.text.late import late

_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼兵"
_YEAR = r"[（(〔\[［【](?:19|20)[0-9]{2}[)）〕\]］】]"
_KINDS = "民刑行执破赔财保恢异复协外认他司惩清监辖终初再申提特督催知商强审调委抗请预诉前仲裁撤更"
_OFFICIAL = late(
    rf"{_YEAR} ?(?:最高法|[{_PROVINCES}][0-9]{{0,4}})[{_KINDS}]{{1,6}}[0-9]{{1,8}}号(?:之[一二三四五六七八九十]{{1,2}})?"
    rf"|[\u4e00-\u9fff]{{0,8}}[发办函字规令通告审复批税] ?{_YEAR} ?第?[0-9]{{1,5}}号"
    rf"|[{_PROVINCES}](?:ICP备|ICP证|公网安备) ?[0-9]{{6,14}}号?"
    rf"|[{_PROVINCES}][\u4e00-\u9fff]{{2,8}}[字许备准证] ?(?:第 ?)?[0-9]{{6,16}}号"
)
# GA 36-2018, but GA 30301-2015 is Georgia and a postcode.
_STANDARD = late(
    r"(?<![A-Za-z])(?:(?:GB|ISO|IEC|IEEE|ASTM|ANSI|DIN|BS|EN|JIS|ITU|ASME)(?:/[A-Z]{1,6})* ?[0-9]{1,5}"
    r"|(?:[A-Z]{2}|DB[0-9]{2})/[TZ] ?[0-9]{1,5}|(?:GA|JR|YD|YY|JB|HJ|HG|SJ|QB|DL) ?[0-9]{1,4})"
    r"(?:[.-][0-9]{1,3})*[-–—:](?:19|20)[0-9]{2}(?![0-9])"
)
_ITS_YEAR = ("-20", "-19", ":20", ":19", "—20", "—19")


def official_numbers(text: str) -> list[tuple[int, int]]:
    """Where such numbers stand in a folded text.

    >>> text = "案号：(2024)沪0105民初12345号，见粤府办〔2021〕3号；(2024)大连市人民路5号"
    >>> [text[a:b] for a, b in official_numbers(text)]
    ['(2024)沪0105民初12345号', '见粤府办〔2021〕3号']
    """
    found = [m.span() for m in _OFFICIAL.finditer(text)] if "号" in text or "备" in text else []
    if any(year in text for year in _ITS_YEAR):
        found += [m.span() for m in _STANDARD.finditer(text)]
    return found
