"""``piiscrub restore`` on files of tables: columns that a plan encrypted, and placeholders in the cells of any format."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from piiscrub.cli.language import word
from piiscrub.sources import NotExamined, problem, writing
from piiscrub.sources.tabular import open_tables
from piiscrub.table.files import same_kind
from piiscrub.table.restoring_files import restored_sheets

if TYPE_CHECKING:
    from piiscrub.keys.ring import KeyRing
    from piiscrub.model.plan import SharePlan
    from piiscrub.scrubber.not_back import NotBack
    from piiscrub.scrubber.restoring import Restorer


def restore_file(
    path: Path,
    out: Path,
    plan: SharePlan | None,
    ring: KeyRing,
    restorer: Restorer,
    *,
    vaulted: bool,
    overwrite: bool = False,
) -> tuple[int, tuple[NotBack, ...]]:
    """Write a file of the same kind with the values in it; returns how many cells of encrypted columns were brought back, and
    what of the plan was not turned back.

    Raises:
        PlanError: none of the plan's tables is this one.
        KeysError: wrong keys.
        SourceError: the file cannot be read, or the other not be written.
    """
    with open_tables(path) as file:
        if isinstance(file, NotExamined):
            raise problem("not-examined", path.name, word(f"cause.{file.cause}"))
        same_kind(file, out)
        sheets, cells, stays = restored_sheets(file, plan, ring, restorer, vaulted=vaulted)
        with writing(out, inputs=[path], overwrite=overwrite) as stream, file.writer(stream) as writer:
            for shown, batch in sheets:
                writer.start(batch.schema, sheet=shown)
                if batch.num_rows:
                    writer.write(batch)
    return cells, stays
