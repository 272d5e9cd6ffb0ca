"""Which language to speak: ``--lang``, else PIISCRUB_LANG, else the locale of the terminal."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence

from piiscrub.render.catalogue import say

_chosen = "en"


def choose(arguments: Sequence[str] = (), environment: Mapping[str, str] | None = None) -> str:
    """Settle the language for this run, before the help texts are built.

    >>> choose(["scan", "--lang", "zh"], {})
    'zh'
    >>> choose([], {"LANG": "zh_CN.UTF-8"}), choose([], {"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}), choose([], {})
    ('zh', 'en', 'en')
    """
    global _chosen  # one process speaks one language
    env = os.environ if environment is None else environment
    wanted = ""
    for at, argument in enumerate(arguments):
        if argument == "--lang" and at + 1 < len(arguments):
            wanted = arguments[at + 1]
        elif argument.startswith("--lang="):
            wanted = argument.removeprefix("--lang=")
    wanted = wanted or next((env[name] for name in ("PIISCRUB_LANG", "LC_ALL", "LC_MESSAGES", "LANG") if env.get(name)), "")
    _chosen = "zh" if wanted.lower().startswith("zh") else "en"
    return _chosen


def lang() -> str:
    """The language of this run."""
    return _chosen


def word(key: str, /, **fill: object) -> str:
    """The sentence for ``key`` in the language of this run."""
    return say(key, _chosen, **fill)
