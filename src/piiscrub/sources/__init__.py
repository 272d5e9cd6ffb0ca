"""Readers and writers of files, without any knowledge of what is looked for in them.

``opened`` finds encoding and format; ``Source.pieces`` cuts the file into units to examine; ``rewrite`` joins changed
units to a file of the same encoding, newlines, dialect and spacing; ``writing`` puts it in place, whole or not at all.
"""

from piiscrub.sources.atomic import refuse, writing
from piiscrub.sources.encoding import Encoding, Undecodable
from piiscrub.sources.encoding import detect as detect_encoding
from piiscrub.sources.folder import walk
from piiscrub.sources.piece import Format, NotExamined, Piece, Place, Unit, pointer_text, rewrite
from piiscrub.sources.problems import not_found, problem
from piiscrub.sources.source import FORMATS, Source, opened

__all__ = [
    "FORMATS", "Encoding", "Format", "NotExamined", "Piece", "Place", "Source", "Undecodable", "Unit",
    "detect_encoding", "not_found", "opened", "pointer_text", "problem", "refuse", "rewrite", "walk", "writing",
]  # fmt: skip  # one line per kind of name
