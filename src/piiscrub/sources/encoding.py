"""Which encoding a file is in: a byte order mark, else strict UTF-8, else plausible GB18030, else a stated failure.

Nothing is guessed from statistics of a language: a wrong guess would turn values into junk that nobody recognizes and
the file would count as clean. The whole file is decoded once before anything is examined, so a bad byte at its end is
known before a single line of output exists.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from piiscrub.sources.problems import problem

CHUNK = 1 << 20

_BOMS = (  # UTF-32 first: its mark begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Four Chinese characters of UTF-8 in a row do not occur in GBK text by chance: GBK would need rare characters of level
# two at every third byte. So a file that is not UTF-8 but holds them is a mixture.
_UTF8_HAN = re.compile(rb"(?:[\xe3-\xe9][\x80-\xbf]{2}){4}")
# Rows 4 to 9 of GB 2312 (kana, Greek, Cyrillic, box drawing) are what Big5 turns into; they do not count as Chinese.
_FOREIGN_ROWS = re.compile("[\u3040-\u30ff\u0370-\u04ff\u2500-\u257f\u3100-\u312f]")
_PLAUSIBLE = 0.5
_FEW_RARE = 0.1
_READABLE = re.compile("[\t\r\n\x20-\x7e\u00a0-\u024f\u2010-\u2030\u3000-\u30ff\u4e00-\u9fff\uff00-\uffef]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\ufffe\uffff]")


class Encoding(NamedTuple):
    """How to decode a file and how to write it again: the codec, and the mark it begins with."""

    codec: str
    bom: bytes = b""

    @property
    def name(self) -> str:
        """For people: ``utf-8 with BOM``."""
        return f"{self.codec} with BOM" if self.bom else self.codec


class Undecodable(Exception):
    """The file is not text in any encoding we are sure of; ``cause`` is a key of the catalogue."""

    def __init__(self, cause: str) -> None:
        super().__init__(cause)
        self.cause = cause


def named(name: str) -> str:
    """The codec a person means by ``name``.

    GBK and GB2312 become GB18030, which holds them both and can write every character. Raises ``SourceError`` for an
    unknown name and for codecs that are no text encoding.

    >>> named("GBK"), named("UTF8")
    ('gb18030', 'utf-8')
    """
    try:
        info = codecs.lookup(name)
    except (LookupError, UnicodeError, ValueError):
        raise problem("unknown-encoding", name) from None
    try:
        "".encode(info.name)
    except (LookupError, UnicodeError):  # hex, rot13 … are transforms, not encodings of text
        raise problem("unknown-encoding", name) from None
    codec = info.name
    if codec in {"gbk", "gb2312"}:
        return "gb18030"
    return {"utf-8-sig": "utf-8"}.get(codec, codec)


def detect(stream: BinaryIO, *, name: str | None = None) -> Encoding:
    """Find the encoding of a seekable stream by reading all of it; leaves the stream at its start.

    Raises ``Undecodable`` with the cause ``binary``, ``encoding`` or ``mixed-encoding``.

    >>> import io
    >>> detect(io.BytesIO("手机号".encode("gbk"))).codec
    'gb18030'
    """
    stream.seek(0)
    head = stream.read(1 << 16)
    try:
        found = _with_name(stream, head, name) if name else _without_name(stream, head)
    finally:
        stream.seek(0)
    return found


def decoded(stream: BinaryIO, encoding: Encoding, *, size: int = CHUNK) -> Iterator[str]:
    """The text of the stream in chunks; the mark is left out, newlines are left as they are.

    Raises ``Undecodable`` if the file is no longer what ``detect`` saw.
    """
    stream.seek(len(encoding.bom))
    decoder = codecs.getincrementaldecoder(encoding.codec)("strict")
    try:
        while block := stream.read(size):
            if text := decoder.decode(block):
                yield text
        if text := decoder.decode(b"", True):
            yield text
    except UnicodeError:
        raise Undecodable("encoding") from None


def _with_name(stream: BinaryIO, head: bytes, name: str) -> Encoding:
    codec = named(name)
    if codec in {"utf-16", "utf-32"}:
        bom, codec = next(((b, c) for b, c in _BOMS if c.startswith(codec) and head.startswith(b)), (b"", f"{codec}-le"))
    else:
        bom = next((b for b, c in _BOMS if c == codec and head.startswith(b)), b"")
    encoding = Encoding(codec, bom)
    if not _round_trips(stream, encoding):
        raise Undecodable("encoding-named")
    return encoding


def _without_name(stream: BinaryIO, head: bytes) -> Encoding:
    for bom, codec in _BOMS:
        if head.startswith(bom):
            if _round_trips(stream, Encoding(codec, bom)):
                return Encoding(codec, bom)
            raise Undecodable("encoding")
    if b"\0" in head:
        for codec in ("utf-16-le", "utf-16-be"):
            if _reads_as_utf16(head, codec) and _round_trips(stream, Encoding(codec)):
                return Encoding(codec)
        raise Undecodable("binary")
    stream.seek(0)
    while block := stream.read(CHUNK):
        if b"\0" in block:
            raise Undecodable("binary")
    if _round_trips(stream, Encoding("utf-8")):
        return Encoding("utf-8")
    _refuse_implausible(stream)
    return Encoding("gb18030")


def _round_trips(stream: BinaryIO, encoding: Encoding) -> bool:
    """Whether every byte decodes and comes back the same; some codecs map two byte forms to one character."""
    stream.seek(len(encoding.bom))
    decoder = codecs.getincrementaldecoder(encoding.codec)("strict")
    encoder = codecs.getincrementalencoder(encoding.codec)("strict")
    always = encoding.codec.startswith("utf-8")  # strict UTF-8 has one form per character: no need to encode again
    came, went = bytearray(), bytearray()
    try:
        while True:
            block = stream.read(CHUNK)
            text = decoder.decode(block, not block)
            if not always:
                came += block
                went += encoder.encode(text, not block)
                same = min(len(came), len(went))
                if came[:same] != went[:same]:
                    return False
                del came[:same], went[:same]
            if not block:
                return not came and not went
    except UnicodeError:
        return False


def _reads_as_utf16(head: bytes, codec: str) -> bool:
    try:
        text = head[: len(head) // 2 * 2].decode(codec, "strict")
    except UnicodeDecodeError as error:
        if error.end < len(head) - 4:  # a surrogate pair cut by the end of the sample is no error
            return False
        text = head[: error.start].decode(codec, "ignore")
    return bool(text) and not _CONTROL.search(text) and len(_READABLE.findall(text)) >= 0.95 * len(text)


def _refuse_implausible(stream: BinaryIO) -> None:
    """GB18030 decodes almost any bytes; believe it only where the result is what Chinese text is made of."""
    stream.seek(0)
    while block := stream.read(CHUNK):
        if _UTF8_HAN.search(block):
            raise Undecodable("mixed-encoding")
    if not _round_trips(stream, Encoding("gb18030")):
        raise Undecodable("encoding")
    seen: Counter[str] = Counter()
    for text in decoded(stream, Encoding("gb18030")):
        seen.update(text)
    beyond_ascii = sum(times for char, times in seen.items() if not char.isascii())
    chinese = sum(times for char, times in seen.items() if not char.isascii() and _is_common(char))
    if chinese < _PLAUSIBLE * beyond_ascii or (any(map(_is_extended, seen)) and _reads_as_big5(stream)):
        raise Undecodable("encoding")


def _is_extended(char: str) -> bool:
    """Whether GBK has it and GB 2312 has not. Of Big5 two characters in five become one of these, seldom any other way.

    >>> [_is_extended(char) for char in "话電x"]
    [False, True, False]
    """
    raw = char.encode("gb18030", "ignore")
    return len(raw) == 2 and raw[1] < 0xA1


def _reads_as_big5(stream: BinaryIO) -> bool:
    """Whether it is Big5 as well, nearly all of it of the frequent half. Chinese of GBK is not: of its frequent characters every
    third begins with a byte that Big5 keeps for rare ones."""
    frequent = rare = 0
    try:
        for text in decoded(stream, Encoding("big5hkscs")):
            leads = [char.encode("big5hkscs")[0] for char in text if not char.isascii()]
            frequent += sum(0xA1 <= lead <= 0xC6 for lead in leads)
            rare += sum(not 0xA1 <= lead <= 0xC6 for lead in leads)
    except (Undecodable, UnicodeError):
        return False
    return rare <= _FEW_RARE * (frequent + rare)


def _is_common(char: str) -> bool:
    """The frequent half of GB 2312, the frequent half of Big5, and their punctuation.

    The rare half of GB 2312 does not count: Cyrillic text decodes to it.
    """
    if _FOREIGN_ROWS.match(char):
        return False
    simplified, traditional = char.encode("gb2312", "ignore")[:1], char.encode("big5", "ignore")[:1]
    return b"\xa1" <= simplified <= b"\xd7" or b"\xa1" <= traditional <= b"\xc6"
