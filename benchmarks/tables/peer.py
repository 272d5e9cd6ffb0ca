"""presidio-structured and openmed on CSV files, in an environment of their own: ``python peer.py FILE…``. Prints JSON.

What is not installed there is left out. presidio-structured is asked with patterns only (no spaCy model has to be there); it
looks at the values and never at the header. openmed looks at both.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from importlib import import_module
from typing import Any

import pandas as pd

PRESIDIO_ROWS = 200


def main(paths: list[str]) -> None:
    """For each file what every column was taken for and the CPU-seconds; then the operators of Presidio on the first."""
    frames = [pd.read_csv(path, dtype=str) for path in paths]
    found: dict[str, Any] = {
        "rows": len(frames[0]),
        "presidio_rows": PRESIDIO_ROWS,
        "presidio": [],
        "openmed": [],
        "operators": {},
    }
    found["presidio"] = [presidio(frame.head(PRESIDIO_ROWS)) for frame in frames]
    found["openmed"] = [one for frame in frames if (one := openmed(frame)) is not None]
    found["operators"] = operators(frames[0])
    print(json.dumps(found))


def presidio(frame: pd.DataFrame) -> dict[str, Any]:
    """Entity by column."""
    from presidio_analyzer import AnalyzerEngine
    from presidio_analyzer.nlp_engine import NoOpNlpEngine
    from presidio_structured import PandasAnalysisBuilder

    builder = PandasAnalysisBuilder(
        analyzer=AnalyzerEngine(
            nlp_engine=NoOpNlpEngine(models=[{"lang_code": "en", "model_name": "none"}]), supported_languages=["en"]
        )
    )
    builder.generate_analysis(frame.head(2))
    made, seconds = cpu(lambda: builder.generate_analysis(frame))
    return {"cpu": seconds, "columns": [made.entity_mapping.get(name, "") for name in frame.columns], "kept": []}


def openmed(frame: pd.DataFrame) -> dict[str, Any] | None:
    """Type by column, and the columns it says to keep; None where it is not installed."""
    try:
        import_module("openmed.interop.pandas_accessor")  # registers df.openmed
    except ImportError:
        return None
    frame.head(50).openmed.classify_columns()
    made, seconds = cpu(lambda: frame.openmed.classify_columns()["columns"])
    columns = [made[name] for name in frame.columns]
    kept = [at for at, one in enumerate(columns) if one["recommended_action"] == "keep"]
    return {"cpu": seconds, "columns": [one["semantic_type"] for one in columns], "kept": kept}


def operators(frame: pd.DataFrame) -> dict[str, float]:
    """CPU-seconds for replace, mask and hash of the first five columns; the analysis is left out."""
    from presidio_anonymizer.entities import OperatorConfig
    from presidio_structured import PandasDataProcessor, StructuredAnalysis, StructuredEngine

    engine = StructuredEngine(data_processor=PandasDataProcessor())
    analysis = StructuredAnalysis(entity_mapping=dict.fromkeys(frame.columns[:5], "PERSON"))
    mask = {"masking_char": "*", "chars_to_mask": 6, "from_end": False}
    taken = {}
    for name, params in (("replace", {"new_value": "x"}), ("mask", mask), ("hash", {})):
        chosen = {"PERSON": OperatorConfig(name, params)}
        taken[name] = cpu(lambda chosen=chosen: engine.anonymize(frame.copy(), analysis, operators=chosen))[1]
    return taken


def cpu(work: Callable[[], Any]) -> tuple[Any, float]:
    """The result of one run, and its CPU-seconds."""
    began = time.process_time()
    made = work()
    return made, time.process_time() - began


if __name__ == "__main__":
    main(sys.argv[1:])
