"""Pictures drawn once: kept in a folder of the instance for as long as the data stay the same, drawn by one process at a time.

A name holds the version of the data and a hash of all that the picture depends on. Whoever draws first removes pictures of other
versions, and so does the clock: what was erased does not live on in a picture.
"""

from __future__ import annotations

import fcntl
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveyapp import rollups
from surveyapp.models import Improvement

FOLDER = "pictures"
MOST = 400
"""Pictures kept of one version; the oldest go first."""
LOCKS = "locks"


def version(session: Session) -> str:
    """Return the version of everything that charts are drawn from, as a word without a dash."""
    improvements = session.scalar(select(func.sum(Improvement.version))) or 0
    return f"{rollups.value(session, 'rollups')}.{rollups.value(session, 'backlog')}.{improvements}"


def kept(folder: Path, version: str, mark: str, draw: Callable[[], bytes]) -> bytes:
    """Return the picture of a mark, drawn by nobody else meanwhile, or the one that somebody else has just drawn."""
    file = folder / f"{version}-{mark}"
    if (found := _read(file)) is not None:
        return found
    with _alone(folder, mark):
        if (found := _read(file)) is not None:
            return found
        made = draw()
        forget(folder, except_version=version)
        _write(file, made)
        return made


def forget(folder: Path, *, except_version: str) -> int:
    """Remove the pictures of other versions, and the oldest of this one where there are too many; return how many went."""
    there = sorted((file for file in folder.glob("*-*") if file.is_file()), key=_age) if folder.is_dir() else []
    ours = [file for file in there if file.name.startswith(f"{except_version}-")]
    gone = [file for file in there if file not in set(ours)] + ours[: max(len(ours) - MOST, 0)]
    for file in gone:
        file.unlink(missing_ok=True)
    return len(gone)


def _read(file: Path) -> bytes | None:
    try:
        return file.read_bytes()
    except FileNotFoundError:
        return None


def _write(file: Path, content: bytes) -> None:
    """Write a file whole or not at all: a reader never sees half a picture."""
    handle, name = tempfile.mkstemp(dir=file.parent)
    with os.fdopen(handle, "wb") as out:
        out.write(content)
    Path(name).replace(file)


def _age(file: Path) -> float:
    try:
        return file.stat().st_mtime
    except FileNotFoundError:
        return 0.0


@contextmanager
def _alone(folder: Path, mark: str) -> Iterator[None]:
    """Hold one of 64 locks, by the mark: two processes never draw the same picture, and a process that dies lets go."""
    locks = folder / LOCKS
    locks.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (locks / mark[:1]).open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
