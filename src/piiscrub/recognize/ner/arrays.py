"""Arrays of a model file: an ``.npz`` without compression, as ``numpy.savez`` writes it.

``numpy.load`` sums up every byte to compare it with the sum that the file holds, which takes most of its time. The files of this
package came in a wheel whose sums were compared when it was installed.
"""

from __future__ import annotations

import math
import struct
from pathlib import Path
from typing import Any
from zipfile import ZIP_STORED, ZipFile

import numpy as np
import numpy.typing as npt

_LOCAL = struct.Struct("<26xHH")  # a member's own header: how long its name and what follows it are


def read_arrays(path: Path) -> dict[str, npt.NDArray[Any]]:
    """The arrays by name; objects are refused.

    Raises:
        ValueError: a member is compressed or no plain array.
    """
    found: dict[str, npt.NDArray[Any]] = {}
    with path.open("rb") as file, ZipFile(file) as members:
        for member in members.infolist():
            file.seek(member.header_offset)
            name, extra = _LOCAL.unpack(file.read(_LOCAL.size))
            file.seek(name + extra, 1)
            if member.compress_type != ZIP_STORED or np.lib.format.read_magic(file) != (1, 0):
                raise ValueError(f"{path.name}: {member.filename} is not stored as numpy.savez stores it")
            shape, columns_first, dtype = np.lib.format.read_array_header_1_0(file)
            if dtype.hasobject:
                raise ValueError(f"{path.name}: {member.filename} holds objects")
            values = np.fromfile(file, dtype, math.prod(shape))
            found[member.filename.removesuffix(".npy")] = values.reshape(shape, order="F" if columns_first else "C")
    return found
