"""What is done, killed and done again: for each scene a way to set it up, to do it, and to look at what there is."""

from __future__ import annotations

import datetime
import json
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from piiscrub.errors import InputError, KeysError, SourceError
from piiscrub.evidence.ledger import Ledger
from piiscrub.frames.keeping import retention
from piiscrub.keys.ring import KeyRing
from piiscrub.keys.vault import Vault
from piiscrub.lifecycle.destroying import destroy
from piiscrub.lifecycle.rules import read
from piiscrub.lifecycle.subjects import find
from piiscrub.lifecycle.targets import KeyEpoch, Rows, VaultKeys

NOW = datetime.datetime(2026, 11, 22, 8, tzinfo=datetime.UTC)
RULES = 'schema = 1\n[[rules]]\nid = "r"\ntable = "*"\nbasis = "closed"\nperiod = "3 years"\n'
ORDER = {
    "organisation": "Example Ltd", "basis": "PIPL 47", "reason": "crash test", "approver": "A", "operator": "B", "witness": "C",
}  # fmt: skip
PEOPLE = [(n, f"1420000{n:04}", f"{2010 + n % 16}-03-01") for n in range(400)]


@dataclass(frozen=True)
class Scene:
    """``act`` must be fit to be called again. ``finished`` says whether everything is done, ``whole`` what is wrong now."""

    name: str
    set_up: Callable[[Path], None]
    act: Callable[[Path], None]
    finished: Callable[[Path], bool]
    whole: Callable[[Path], list[str]]


def csv(people: list[tuple[int, str, str]]) -> str:
    return "id,tel,closed\n" + "".join(f"{n},{tel},{day}\n" for n, tel, day in people)


def _common(folder: Path) -> None:
    KeyRing.new(folder / "keys")
    (folder / "outside").mkdir()
    (folder / "outside" / "other.csv").write_text(csv(PEOPLE), encoding="utf-8")
    (folder / "data" / "deep").mkdir(parents=True)
    (folder / "data" / "people.csv").write_text(csv(PEOPLE), encoding="utf-8")
    (folder / "data" / "deep" / "notes.txt").write_text("x" * 5000, encoding="utf-8")
    (folder / "data" / "link").symlink_to(folder / "outside")
    with sqlite3.connect(folder / "shop.db") as db:
        db.execute("CREATE TABLE people (id INTEGER PRIMARY KEY, tel TEXT, closed TEXT)")
        db.executemany("INSERT INTO people VALUES (?, ?, ?)", PEOPLE)
    db.close()


def _ledger(folder: Path, ring: KeyRing | None = None) -> Ledger:
    return Ledger(folder / "ledger.jsonl", keys=ring or KeyRing.load(folder / "keys"))


def _outside(folder: Path) -> list[str]:
    same = (folder / "outside" / "other.csv").read_text(encoding="utf-8") == csv(PEOPLE)
    return [] if same and len(list((folder / "outside").iterdir())) == 1 else ["something outside the plan was touched"]


def _whole_ledger(folder: Path) -> list[str]:
    book = _ledger(folder)
    return [] if not book.path.exists() or book.verify().ok else ["the ledger does not verify"]


def _rows(folder: Path) -> int:
    with sqlite3.connect(folder / "shop.db") as db:
        found = int(db.execute("SELECT count(*) FROM people").fetchone()[0])
    db.close()
    return found


# --- retention ----------------------------------------------------------------------------------------------------------
_LEFT = [one for one in PEOPLE if one[2] > "2023-11-22"]


def _retention(folder: Path) -> None:
    ring = KeyRing.load(folder / "keys")
    sources = [folder / "data" / "people.csv", f"sqlite:///{folder / 'shop.db'}"]
    report = retention(sources, read(RULES), apply=True, now=NOW, ledger=_ledger(folder, ring), keys=ring)
    assert report.ok


def _retention_finished(folder: Path) -> bool:
    return (folder / "data" / "people.csv").read_text(encoding="utf-8") == csv(_LEFT) and _rows(folder) == len(_LEFT)


def _retention_whole(folder: Path) -> list[str]:
    told = []
    if (folder / "data" / "people.csv").read_text(encoding="utf-8") not in (csv(PEOPLE), csv(_LEFT)):
        told.append("a table is half rewritten")
    if _rows(folder) not in (len(PEOPLE), len(_LEFT)):
        told.append("a database is half done")
    done = [e for e in _ledger(folder).entries() if e.action == "retention"] if (folder / "ledger.jsonl").exists() else []
    if done and not _retention_finished(folder):
        told.append("the ledger says done, and it is not")
    return told


# --- destruction --------------------------------------------------------------------------------------------------------
def _destroyed(folder: Path, targets: list[object], plan: str) -> None:
    """Both steps; the hash of the first is kept, as a person would keep it."""
    kept = folder / f"{plan}.hash"
    if not kept.exists():
        kept.write_text(destroy(targets, now=NOW).hash, encoding="utf-8")
    ring = KeyRing.load(folder / "keys")
    try:
        done = destroy(
            targets, confirm=kept.read_text(encoding="utf-8"), out=folder / "out", keys=ring, order=ORDER,
            ledger=_ledger(folder, ring), now=NOW,
        )  # fmt: skip
    except SourceError as error:
        if "certificate already" not in str(error):
            raise
        return
    assert done.complete, done.problems


def _claims(folder: Path, finished: Callable[[Path], bool]) -> list[str]:
    path = folder / "out" / "certificate.json"
    claimed = path.exists() and json.loads(path.read_bytes())["status"] == "complete"
    if (folder / "ledger.jsonl").exists():
        claimed = claimed or any(e.fields.get("status") == "complete" for e in _ledger(folder).entries())
    return ["the certificate says done, and it is not"] if claimed and not finished(folder) else []


def _folder(folder: Path) -> None:
    _destroyed(folder, [folder / "data"], "folder")


def _folder_finished(folder: Path) -> bool:
    return not (folder / "data").exists()


_ERASED = ["14200000007", "14200000042"]
_KEPT = [one for one in PEOPLE if one[1] not in _ERASED]


def _erase(folder: Path) -> None:
    rows = [
        Rows(source=folder / "data" / "people.csv", where={"tel": _ERASED}),
        Rows(source=f"sqlite:///{folder / 'shop.db'}", table="people", where={"tel": _ERASED}),
    ]
    _destroyed(folder, rows, "rows")


def _erase_finished(folder: Path) -> bool:
    return (folder / "data" / "people.csv").read_text(encoding="utf-8") == csv(_KEPT) and _rows(folder) == len(_KEPT)


def _erase_whole(folder: Path) -> list[str]:
    whole = (folder / "data" / "people.csv").read_text(encoding="utf-8") in (csv(PEOPLE), csv(_KEPT))
    return [] if whole and _rows(folder) in (len(PEOPLE), len(_KEPT)) else ["rows are half erased"]


# --- a person ---------------------------------------------------------------------------------------------------------
_HER = {"name": "张伟", "phone": "14200000007"}
_OWN_ROW = "7,张伟,14200000007,普通\n"
_SPOKEN = "9,李娜,14200000009,转张伟 142 0000 0007 处理\n"
_PEOPLE_CSV = "编号,姓名,手机号,备注\n1,王芳,14200000001,普通\n" + _OWN_ROW + _SPOKEN
_PEOPLE_LEFT = _PEOPLE_CSV.replace(_OWN_ROW, "").replace("张伟 142 0000 0007", "[REDACTED] [REDACTED]")
_LETTER = "致张伟：手机14200000007已登记。李娜收。\n"
_LETTER_LEFT = _LETTER.replace("张伟", "[REDACTED]").replace("14200000007", "[REDACTED]")


def _person_set_up(folder: Path) -> None:
    _common(folder)
    (folder / "data" / "people.csv").write_text(_PEOPLE_CSV, encoding="utf-8")
    (folder / "data" / "letter.txt").write_text(_LETTER, encoding="utf-8")
    with sqlite3.connect(folder / "shop.db") as db:
        db.execute("CREATE TABLE calls (id INTEGER PRIMARY KEY, 手机号 TEXT, 备注 TEXT)")
        db.executemany("INSERT INTO calls VALUES (?, ?, ?)", _CALLS)
        db.execute("DELETE FROM people WHERE tel = '14200000007'")
    db.close()
    with Vault(folder / "vault.db", KeyRing.load(folder / "keys")) as vault:
        vault.scope("crm").put("CN_MOBILE", "14200000007")
        (folder / "token").write_text(vault.scope("crm").put("CN_MOBILE", "14200009999"), encoding="utf-8")


_CALLS = [(1, "14200000007", "退款"), (2, "14200000001", "转14200000007"), (3, "14200000002", "普通")]
_CALLS_LEFT = [(2, "14200000001", "转[REDACTED]"), (3, "14200000002", "普通")]


def _person(folder: Path) -> None:
    ring = KeyRing.load(folder / "keys")
    with Vault(folder / "vault.db", ring) as vault:
        sources = [folder / "data", f"sqlite:///{folder / 'shop.db'}"]
        found = find(sources, _HER, scopes=[vault.scope("crm", create=False)])
        kept = folder / "person.hash"
        if not kept.exists():
            kept.write_text(found.erase(now=NOW).hash, encoding="utf-8")
        try:
            done = found.erase(
                confirm=kept.read_text(encoding="utf-8"), out=folder / "out", keys=ring, order=ORDER,
                ledger=_ledger(folder, ring), now=NOW,
            )  # fmt: skip
        except SourceError as error:
            if "certificate already" not in str(error):
                raise
            return
        except InputError as error:  # nothing of hers is left, and the certificate is there
            if "nothing of this person" not in str(error) or not (folder / "out" / "certificate.json").exists():
                raise
            return
        assert done.complete, done.problems


def _calls(folder: Path) -> list[tuple[object, ...]]:
    with sqlite3.connect(folder / "shop.db") as db:
        found = db.execute("SELECT * FROM calls ORDER BY id").fetchall()
    db.close()
    return found


def _person_state(folder: Path) -> dict[str, bool | None]:
    """What is done of each thing: True, False, None for a half."""
    read = {name: (folder / "data" / name).read_text(encoding="utf-8") for name in ("people.csv", "letter.txt")}
    told = {"table": (read["people.csv"], _PEOPLE_CSV, _PEOPLE_LEFT), "text": (read["letter.txt"], _LETTER, _LETTER_LEFT)}
    told_all: dict[str, tuple[object, object, object]] = {**told, "database": (_calls(folder), _CALLS, _CALLS_LEFT)}
    return {what: True if now == after else False if now == before else None for what, (now, before, after) in told_all.items()}


def _person_finished(folder: Path) -> bool:
    with Vault(folder / "vault.db", KeyRing.load(folder / "keys")) as vault:
        tokens = sum(vault.scope("crm", create=False).entities().values())
    return all(_person_state(folder).values()) and tokens == 1


def _person_whole(folder: Path) -> list[str]:
    told = [f"half done: {what}" for what, done in _person_state(folder).items() if done is None]
    with Vault(folder / "vault.db", KeyRing.load(folder / "keys")) as vault:
        kept = vault.scope("crm", create=False).get((folder / "token").read_text(encoding="utf-8"))
    return told if kept == "14200009999" and _rows(folder) == len(PEOPLE) - 1 else [*told, "something of others was touched"]


def _vault_set_up(folder: Path) -> None:
    _common(folder)
    old = KeyRing.new(folder / "old keys").rotated()
    old.save()
    ring = KeyRing.load(folder / "keys")
    with Vault(folder / "vault.db", ring) as vault:
        vault.scope("gone").put_many("CN_MOBILE", [tel for _, tel, _ in PEOPLE[:50]])
        (folder / "token").write_text(vault.scope("stays").put("CN_MOBILE", "14200009999"), encoding="utf-8")
        with vault.reading() as connection:
            scope = vault.scope("gone").id
            wrapped = connection.execute("SELECT wrapped FROM data_keys WHERE scope = ?", (scope,)).fetchone()[0]
    (folder / "needle").write_bytes(wrapped)


def _shred(folder: Path) -> None:
    ring = KeyRing.load(folder / "keys")
    with Vault(folder / "vault.db", ring) as vault:
        targets = [VaultKeys(vault=vault, scope="gone"), KeyEpoch(ring=KeyRing.load(folder / "old keys"), epoch=1)]
        _destroyed(folder, targets, "keys")


def _shred_finished(folder: Path) -> bool:
    needle = (folder / "needle").read_bytes()
    lies = b"".join(path.read_bytes() for path in folder.glob("vault.db*"))
    epochs = KeyRing.load(folder / "old keys").epochs
    with Vault(folder / "vault.db", KeyRing.load(folder / "keys")) as vault:
        try:
            vault.scope("gone", create=False)
        except KeysError:
            opens = False
        else:
            opens = True
    strays = list(folder.glob(".piiscrub-*.tmp"))
    halves = needle[: len(needle) // 2], needle[len(needle) // 2 :]
    return not opens and epochs == (2,) and not strays and not any(half in lies for half in halves)


def _shred_whole(folder: Path) -> list[str]:
    with Vault(folder / "vault.db", KeyRing.load(folder / "keys")) as vault:
        kept = vault.scope("stays").get((folder / "token").read_text(encoding="utf-8"))
    told = [] if kept == "14200009999" else ["another scope was touched"]
    return told if 2 in KeyRing.load(folder / "old keys").epochs else [*told, "another epoch was touched"]


def _with(finished: Callable[[Path], bool], whole: Callable[[Path], list[str]]) -> Callable[[Path], list[str]]:
    return lambda folder: [*_outside(folder), *_whole_ledger(folder), *whole(folder), *_claims(folder, finished)]


SCENES = (
    Scene("retention apply", _common, _retention, _retention_finished, _with(_retention_finished, _retention_whole)),
    Scene("destroy a folder", _common, _folder, _folder_finished, _with(_folder_finished, lambda folder: [])),
    Scene("erase rows", _common, _erase, _erase_finished, _with(_erase_finished, _erase_whole)),
    Scene("erase a person", _person_set_up, _person, _person_finished, _with(_person_finished, _person_whole)),
    Scene("shred keys", _vault_set_up, _shred, _shred_finished, _with(_shred_finished, _shred_whole)),
)
