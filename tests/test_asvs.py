"""What docs/asvs.md says is shown by tests is shown by tests that exist."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
NAMED = re.compile(r"`((?:\w+/)?test_\w+\.py)::(test_\w+)`")


def missing(text: str) -> list[str]:
    """The tests that a text names and that are not there."""
    found = []
    for file, name in NAMED.findall(text):
        path = ROOT / "tests/surveyapp" / file
        if not path.is_file() or not re.search(rf"def {name}\(", path.read_text(encoding="utf-8")):
            found.append(f"{file}::{name}")
    return found


def test_every_test_that_is_named_is_there() -> None:
    text = (ROOT / "docs/asvs.md").read_text(encoding="utf-8")
    assert len(NAMED.findall(text)) > 30
    assert missing(text) == []
    assert {f"V{n} " for n in range(1, 18)} <= set(re.findall(r"V\d+ ", text)), "every chapter is spoken of"


def test_one_that_is_not_there_is_found() -> None:
    text = "`test_routes.py::test_nothing_is_changed_by_looking`, `test_routes.py::test_all_is_well`, `test_none.py::test_x`"
    assert missing(text) == ["test_routes.py::test_all_is_well", "test_none.py::test_x"]
