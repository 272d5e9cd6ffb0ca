"""Files of tables as batches of Arrow columns: CSV and its kin, Parquet, Arrow, JSON lines, Excel, compressed or not.

``open_tables`` finds format, encoding and dialect; each ``Sheet`` gives its rows in batches, so memory does not grow with
the file; ``TableFile.writer`` writes a file of the same kind. Nothing here knows what is looked for.
"""

from piiscrub.sources.tabular.files import TABLE_FORMATS, TableFile, is_table, no_table, open_tables
from piiscrub.sources.tabular.form import ROWS, Ragged, Sheet, Writer

__all__ = ["ROWS", "TABLE_FORMATS", "Ragged", "Sheet", "TableFile", "Writer", "is_table", "no_table", "open_tables"]
