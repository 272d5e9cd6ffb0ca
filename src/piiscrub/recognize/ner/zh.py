"""The Chinese tagger: text in, spans out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import islice
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

from piiscrub.recognize.ner.chunks import Chunk, chunks
from piiscrub.recognize.ner.gate import has_han
from piiscrub.recognize.ner.one_thread import one_thread
from piiscrub.recognize.ner.tagger import Span

if TYPE_CHECKING:
    from piiscrub.recognize.ner.zh_network import Network

_WEIGHTS = Path(__file__).parent / "weights" / "zh.npz"
_WINDOW = 2048  # chunks that are sorted by length together: bounds memory, whatever the size of a text
_BATCH = 112  # at most so many chunks side by side: products of that many rows are small ones (products.py)
_loading = Lock()


class _Piece(NamedTuple):
    """One chunk of one text."""

    number: int
    traditional: bool
    chunk: Chunk


class ChineseTagger:
    """Names, places and organisations in Chinese text, simplified or traditional.

    Weights are loaded with the first text that holds a Han character. Threads may share one tagger. With ``onnx`` the network
    runs in onnxruntime, which needs the ``[onnx]`` extra; the spans are the same.

    >>> [span[:3] for span in ChineseTagger().tag(["联系人：张三，现住深圳市。"])[0]]
    [(4, 6, 'PERSON'), (9, 12, 'LOCATION')]
    """

    def __init__(self, weights: Path | None = None, *, onnx: bool = False) -> None:
        self._weights, self._onnx = weights or _WEIGHTS, onnx

    def needs(self, text: str, /) -> bool:
        return has_han(text)

    def tag(self, texts: Sequence[str], /) -> list[list[Span]]:
        found: list[list[Span]] = [[] for _ in texts]
        if not any(map(has_han, texts)):
            return found
        network = _network(self._weights, self._onnx)
        pieces = _pieces(network, texts)
        with one_thread():
            while window := list(islice(pieces, _WINDOW)):
                _tag_window(network, texts, window, found)
        return found


def _pieces(network: Network, texts: Sequence[str]) -> Iterator[_Piece]:
    """Chunks with Han characters, text by text; the script is decided once for a whole text."""
    for number, text in enumerate(texts):
        if has_han(text):
            traditional = network.is_traditional(text)
            for chunk in chunks(text):
                if has_han(text[chunk.start : chunk.end]):
                    yield _Piece(number, traditional, chunk)


def _tag_window(network: Network, texts: Sequence[str], window: list[_Piece], found: list[list[Span]]) -> None:
    """Add the spans of these chunks; the texts' own order is kept although the network reads them by length."""
    from piiscrub.recognize.ner.zh_spans import spans

    order = sorted(range(len(window)), key=lambda place: window[place].chunk.start - window[place].chunk.end)
    tagged: dict[int, list[Span]] = {}
    each = -(-len(order) // -(-len(order) // _BATCH))  # batches of one size: a small last one would take as many steps
    for begin in range(0, len(order), each):
        batch = order[begin : begin + each]
        parts = [texts[window[place].number][window[place].chunk.start : window[place].chunk.end] for place in batch]
        rows = [network.rows(part, traditional=window[place].traditional) for place, part in zip(batch, parts, strict=True)]
        for place, part, result in zip(batch, parts, network.tag(rows), strict=True):
            tagged[place] = spans(part, result)
    scores: dict[str, list[float]] = {}
    for place in range(len(window)):
        for span in tagged[place]:
            scores.setdefault(span.label, []).append(span.score)
    right = {label: iter(network.shares_right(label, some)) for label, some in scores.items()}
    for place, piece in enumerate(window):
        mine, chunk = found[piece.number], piece.chunk
        for span in tagged[place]:
            start, score = span.start + chunk.start, next(right[span.label])
            if chunk.own_start <= start < chunk.own_end and (not mine or mine[-1].end <= start):
                mine.append(Span(start, span.end + chunk.start, span.label, round(score, 3)))


@cache
def _loaded(weights: Path, onnx: bool) -> Network:
    from piiscrub.recognize.ner.zh_network import Network

    return Network(weights, onnx=onnx)


def _network(weights: Path, onnx: bool) -> Network:
    """The network of a model file, read once; threads that come first wait for each other."""
    with _loading:
        return _loaded(weights, onnx)
