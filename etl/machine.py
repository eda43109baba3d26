"""What the machine refuses, in a sentence: rights, disks, memory."""

import errno
import os
from pathlib import Path

from kpi.warehouse import refused_by_engine

_ADVICE = {
    errno.EACCES: "give whoever runs this the right to read and write it",
    errno.EPERM: "give whoever runs this the right to read and write it",
    errno.EROFS: "name a place that can be written to",
    errno.ENOSPC: "make room on the disk: a build needs twice the warehouse's size",
    errno.EDQUOT: "make room on the disk: a build needs twice the warehouse's size",
    errno.EFBIG: "let whoever runs this write larger files",
    errno.EISDIR: "name a file; this is a folder",
    errno.ENOTDIR: "name a folder that is one",
    errno.ENOENT: "name a place that exists",
    errno.EEXIST: "name a folder; this is a file",
}


def printable(path: str | bytes | os.PathLike[str] | Path) -> str:
    """Return a path that can be printed, with escapes for bytes that are no UTF-8."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def refused(error: Exception) -> str | None:
    """Return what the machine refused, in a sentence; None if the fault is our own."""
    if isinstance(error, OSError):
        return _refused_by_system(error)
    return refused_by_engine(error)


def _refused_by_system(error: OSError) -> str:
    if error.errno is None:
        return str(error)
    what = os.strerror(error.errno)
    names = [name for name in (error.filename, error.filename2) if name is not None]
    if names and isinstance(names[-1], str | bytes):
        what = f"{printable(names[-1])}: {what}"
    advice = _ADVICE.get(error.errno)
    return f"{what}; {advice}" if advice else what
