"""Several fields as one string of bytes, so that no two lists of fields give the same bytes."""

from __future__ import annotations


def fields(*parts: str | bytes) -> bytes:
    """Each field with its length before it (8 bytes, big-endian), and how many there are before all.

    >>> fields("ab", "c") == fields("a", "bc")
    False
    >>> fields("ab") == fields(b"ab"), fields() == fields("")
    (True, False)
    """
    done = [len(parts).to_bytes(8, "big")]
    for part in parts:
        data = part if isinstance(part, bytes) else part.encode("utf-8", "surrogatepass")
        done += (len(data).to_bytes(8, "big"), data)
    return b"".join(done)
