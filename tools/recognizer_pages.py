"""Write docs/reference/recognizers/: one page for each recognizer and an index by country and by law.

Everything on the pages stands in the recognizer's own file, its examples included, in the entity tree, or in the first
line of the check it names; so a page cannot say what the tests do not hold. Nothing on it depends on the day or the machine.
Run it after a change to a recognizer; a test compares the pages with what it would write. ``--check`` writes nothing.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from pathlib import Path

from piiscrub.model import entities
from piiscrub.packs.load import load_examples, load_folder, load_skips, packs_folder
from piiscrub.packs.schema import Example, Pack

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "reference" / "recognizers"

COUNTRIES = {
    "": ("International or of a language", "国际或按语言"), "cn": ("Mainland China", "中国大陆"),
    "hk": ("Hong Kong", "中国香港"), "mo": ("Macao", "中国澳门"), "tw": ("Taiwan", "中国台湾"),
    "at": ("Austria", "奥地利"), "au": ("Australia", "澳大利亚"), "be": ("Belgium", "比利时"), "bg": ("Bulgaria", "保加利亚"),
    "ca": ("Canada", "加拿大"), "cz": ("Czech Republic and Slovakia", "捷克和斯洛伐克"), "de": ("Germany", "德国"),
    "dk": ("Denmark", "丹麦"), "ee": ("Estonia", "爱沙尼亚"), "es": ("Spain", "西班牙"), "eu": ("European Union", "欧盟"),
    "fi": ("Finland", "芬兰"), "fr": ("France", "法国"), "gb": ("United Kingdom", "英国"), "gr": ("Greece", "希腊"),
    "hr": ("Croatia", "克罗地亚"), "ie": ("Ireland", "爱尔兰"), "in": ("India", "印度"), "it": ("Italy", "意大利"),
    "lt": ("Lithuania", "立陶宛"), "lv": ("Latvia", "拉脱维亚"), "nl": ("Netherlands", "荷兰"), "pl": ("Poland", "波兰"),
    "pt": ("Portugal", "葡萄牙"), "ro": ("Romania", "罗马尼亚"), "se": ("Sweden", "瑞典"), "sg": ("Singapore", "新加坡"),
    "si": ("Slovenia", "斯洛文尼亚"), "us": ("United States", "美国"),
}  # fmt: skip  # pairs read best side by side
HIPAA = {
    "A": "names", "B": "places below the state", "C": "dates, ages over 89", "D": "telephone numbers", "E": "fax numbers",
    "F": "e-mail addresses", "G": "social security numbers", "H": "medical record numbers", "I": "health plan numbers",
    "J": "account numbers", "K": "certificate and licence numbers", "L": "vehicles", "M": "devices", "N": "web addresses",
    "O": "IP addresses", "P": "biometric identifiers", "Q": "face images", "R": "any other unique number",
    "PHI": "health data itself",
}  # fmt: skip  # as above
GDPR = {
    "ordinary": "personal data (article 4)",
    "art. 9": "special categories (article 9)",
    "art. 10": "criminal convictions (article 10)",
    "none": "data of organisations",
}
MODES = {
    "auto": "reported alone",
    "boost": "reported low, higher beside a label",
    "context": "only beside a label or in a column of such a name",
}
_NOTE = "<!-- Written by tools/recognizer_pages.py from the recognizer's file. Change that file, not this page. -->"


def pages() -> dict[str, str]:
    """Every page by file name."""
    packs = load_folder(packs_folder())
    return {"index.md": _index(packs), **{f"{pack.id}.md": _page(pack) for pack in packs}}


def stale(folder: Path = FOLDER) -> list[str]:
    """Names of the pages that are missing, left over, or say something else than they would now."""
    wanted = pages()
    there = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.md")}
    return sorted(name for name in wanted.keys() | there.keys() if wanted.get(name) != there.get(name))


def main() -> None:
    """Write the pages, or with ``--check`` say which are out of date."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="write nothing; end with 1 if a page is out of date")
    options = parser.parse_args()
    changed = stale()
    if options.check:
        print("\n".join(changed) or "up to date")
        sys.exit(1 if changed else 0)
    FOLDER.mkdir(parents=True, exist_ok=True)
    wanted = pages()
    for name in changed:
        if name in wanted:
            (FOLDER / name).write_text(wanted[name], encoding="utf-8", newline="\n")
        else:
            (FOLDER / name).unlink()
    print(f"{len(wanted)} pages, {len(changed)} written or taken away")


# --------------------------------------------------------------------------------------------------------------- page


def _page(pack: Pack) -> str:
    examples = load_examples(pack.path)
    lines = [f"# {_title(pack)}", "", _NOTE, ""]
    lines += ["## What it finds · 找什么", "", *_what(pack), ""]
    lines += ["## How it decides · 如何判断", "", *_how(pack), ""]
    lines += ["## Finds · 能找到", "", *_shown(examples, "match"), ""]
    lines += ["## Does not find · 不报告", "", *_shown(examples, "no_match"), ""]
    lines += ["## Known limits · 已知局限", "", *_limits(pack, examples), ""]
    lines += ["## References · 依据", "", *(f"- {reference}" for reference in pack.references)]
    return "\n".join(lines) + "\n"


def _title(pack: Pack) -> str:
    return f"{pack.title_en} · {pack.title_zh}"


def _what(pack: Pack) -> Iterator[str]:
    entity = entities.get(pack.entity)
    above = " › ".join(f"`{name}`" for name in (*reversed(entities.ancestors(entity.name)), entity.name))
    names = [*(f"`{name}` in Presidio" for name in (entity.presidio,) if name), *(f"`{alias}`" for alias in entity.aliases)]
    country, country_zh = COUNTRIES[pack.country]
    yield "| | |"
    yield "| --- | --- |"
    yield f"| recognizer 识别器 | `{pack.id}` |"
    yield f"| entity 类别 | {above} · {entity.title_en} · {entity.title_zh} |"
    if names:
        yield f"| also called 又名 | {', '.join(names)} |"
    yield f"| country 国家或地区 | {country} · {country_zh} |"
    yield f"| classes 分级 | {'; '.join(_classes(entity))} |"
    yield f"| status 状态 | {pack.status}, version {pack.version}, facts of {pack.as_of}, confidence {pack.confidence} |"


def _classes(entity: entities.Entity) -> Iterator[str]:
    for standard, sensitive in (("GB/T 35273", entity.gbt35273), ("GB/T 45574", entity.gbt45574)):
        if sensitive:
            yield f"{standard}: sensitive 敏感"
    if entity.jrt0171:
        yield f"JR/T 0171: {entity.jrt0171}"
    if entity.hipaa:
        yield f"HIPAA: {entity.hipaa} ({HIPAA[entity.hipaa]})"
    yield f"GDPR: {GDPR[entity.gdpr]}"


def _how(pack: Pack) -> Iterator[str]:
    if pack.parser:
        yield f"Code finds the place: {_first_line(f'piiscrub.recognize.parsers.{pack.parser}')}"
        yield ""
        yield f"It is {MODES[pack.mode]}."
        yield ""
    else:
        yield "| form | pattern | score | reported | edge | check |"
        yield "| --- | --- | --- | --- | --- | --- |"
        for p in pack.patterns:
            check = f"`{p.validator}`" if p.validator else ""
            yield f"| {_cell(p.name)} | {_code(p.regex, table=True)} | {p.score:.2f} | {p.mode} | {p.boundary} | {check} |"
        yield ""
        yield from (f"- *{mode}*: {MODES[mode]}" for mode in dict.fromkeys(p.mode for p in pack.patterns))
    for validator in dict.fromkeys(p.validator for p in pack.patterns if p.validator):
        yield f"- check `{validator}`: {_first_line(f'piiscrub.validators.{validator}')}"
    if pack.check:
        failed = pack.check.failed
        after = "dropped" if failed is None else f"reported with {failed:.2f} beside a label, dropped otherwise"
        yield f"- a value whose check passes scores {pack.check.passed:.2f}; one that fails is {after}"
    context = pack.context
    for what, words in (("labels", (*context.zh, *context.en)), ("columns", context.columns)):
        if words:
            yield f"- {what}: {', '.join(_code(word) for word in words)}"
    if context.zh or context.en:
        near = f", at most {context.gap} characters away where one is needed" if context.gap else ""
        yield f"- a label adds {context.boost:.2f}{near}; a word such as order or 订单 nearer than it takes {context.penalty:.2f}"


def _first_line(module: str) -> str:
    text = import_module(module).__doc__ or ""
    return " ".join(text.strip().split("\n\n")[0].split()).replace("``", "`")


def _shown(examples: Iterable[Example], kind: str) -> Iterator[str]:
    for e in examples:
        if e.kind == kind:
            values = " and ".join(_code(e.text[start:end]) for start, end in e.spans)
            check = f", check {e.check}" if e.check else ""
            yield f"- {_code(e.text)}" + (f" → {values}{check}" if values else "") + f": {e.why}"


def _limits(pack: Pack, examples: tuple[Example, ...]) -> Iterator[str]:
    limits = [f"- missed: {line[2:]}" for line in _shown(examples, "known_miss")]
    limits += [f"- false alarm: {line[2:]}" for line in _shown(examples, "known_alarm")]
    limits += [f"- missed in the surrounding “{e.text}”: {e.why}" for e in load_skips(pack.path)]
    yield from limits or ["None is written down."]


def _code(text: str, *, table: bool = False) -> str:
    """Text between back quotes, line ends shown; in a table no bar may stand unescaped."""
    text = text.replace("\r", "␍").replace("\n", "⏎").replace("\t", "⇥")
    if table:
        text = text.replace("|", "\\|")
    ticks = "``" if "`" in text else "`"
    space = " " if ticks == "``" or text != text.strip() else ""
    return f"{ticks}{space}{text}{space}{ticks}"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


# -------------------------------------------------------------------------------------------------------------- index


def _index(packs: tuple[Pack, ...]) -> str:
    lines = ["# Recognizers · 识别器", "", _NOTE, ""]
    lines += [f"{len(packs)} recognizers for {len({p.entity for p in packs})} entities. On the command line:", ""]
    lines += ["```console", "$ piiscrub recognizers --entity NATIONAL_ID --country us", "```", ""]
    lines += ["[By country](#by-country) · [by law](#by-law)", "", "## By country", ""]
    for country in sorted({pack.country for pack in packs}, key=list(COUNTRIES).index):
        lines += [f"### {' · '.join(COUNTRIES[country])}", "", "| recognizer | entity | | |", "| --- | --- | --- | --- |"]
        lines += [f"| {_link(p)} | `{p.entity}` | {p.title_en} | {p.title_zh} |" for p in packs if p.country == country]
        lines.append("")
    lines += ["## By law", "", "Classes of the entity that a recognizer reports, from the entity tree (`piiscrub entities`).", ""]
    lines += _law(packs, "HIPAA, 45 CFR 164.514(b)(2)(i)", lambda e: e.hipaa, {k: f"({k}) {v}" for k, v in HIPAA.items()})
    lines += _law(packs, "GDPR", lambda e: e.gdpr, GDPR)
    sensitive = {"yes": "sensitive personal information 敏感个人信息"}
    lines += _law(packs, "GB/T 35273-2020, annex B", lambda e: "yes" if e.gbt35273 else "", sensitive)
    lines += _law(packs, "GB/T 45574-2025, annex A", lambda e: "yes" if e.gbt45574 else "", sensitive)
    lines += _law(packs, "JR/T 0171-2020", lambda e: e.jrt0171, {"C3": "C3, highest", "C2": "C2", "C1": "C1"})
    return "\n".join(lines).rstrip("\n") + "\n"


def _law(packs: tuple[Pack, ...], title: str, of: Callable[[entities.Entity], str], names: dict[str, str]) -> Iterator[str]:
    yield from (f"### {title}", "", "| class | recognizers |", "| --- | --- |")
    for key, name in names.items():
        own = [_link(pack) for pack in packs if of(entities.get(pack.entity)) == key]
        if own:
            yield f"| {name} | {', '.join(own)} |"
    yield ""


def _link(pack: Pack) -> str:
    return f"[{pack.id}]({pack.id}.md)"


if __name__ == "__main__":
    main()
