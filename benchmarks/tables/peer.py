"""presidio-structured on a CSV, in an environment of its own: ``python peer.py FILE``. Prints JSON."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable

import pandas as pd


def main(path: str) -> None:
    """CPU-seconds for replace, mask and hash of the first five columns; the analysis is left out."""
    from presidio_anonymizer.entities import OperatorConfig
    from presidio_structured import PandasDataProcessor, StructuredAnalysis, StructuredEngine

    frame = pd.read_csv(path, dtype=str)
    columns = list(frame.columns[:5])
    engine = StructuredEngine(data_processor=PandasDataProcessor())
    analysis = StructuredAnalysis(entity_mapping=dict.fromkeys(columns, "PERSON"))
    mask = {"masking_char": "*", "chars_to_mask": 6, "from_end": False}
    taken = {}
    for name, params in (("replace", {"new_value": "x"}), ("mask", mask), ("hash", {})):
        operators = {"PERSON": OperatorConfig(name, params)}
        taken[name] = cpu(lambda operators=operators: engine.anonymize(frame.copy(), analysis, operators=operators))
    print(json.dumps({"rows": len(frame), "columns": len(columns), "cpu": taken}))


def cpu(work: Callable[[], object]) -> float:
    """CPU-seconds of one run."""
    began = time.process_time()
    work()
    return time.process_time() - began


if __name__ == "__main__":
    main(sys.argv[1])
