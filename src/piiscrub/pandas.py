"""``import piiscrub.pandas`` registers ``df.pii`` and ``s.pii`` by hand.

``import piiscrub`` does it by itself, whichever of the two is imported first; this is for those who prefer to see it.

>>> import pandas as pd
>>> import piiscrub.pandas
>>> pd.Series(["电话13800138000"]).pii.scan()
<TableScan: 1 rows × 1 columns; CN_MOBILE ×1>
"""

from __future__ import annotations

from piiscrub.frames.accessor import register_pandas

register_pandas()
