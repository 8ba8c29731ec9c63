"""The house keeps its order: rooms import only what lies below them, and the check would notice if they did not."""

from __future__ import annotations

import configparser
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def lint(folder: Path, config: Path) -> subprocess.CompletedProcess[str]:
    """Run import-linter on a tree."""
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache", "--config", str(config)]
    return subprocess.run(
        command, cwd=folder, capture_output=True, text=True, env={"PYTHONPATH": str(folder), "PATH": ""}, check=False
    )


def test_every_room_imports_only_what_lies_below_it() -> None:
    """The contracts of setup.cfg hold."""
    done = lint(ROOT, ROOT / "setup.cfg")
    assert done.returncode == 0, done.stdout


def test_a_room_that_looks_up_is_found(tmp_path: Path) -> None:
    """A planted import from the backlog to the trends breaks the contract of rooms."""
    for name, text in {
        "__init__": "",
        "models/__init__": "",
        "backlog/__init__": "import surveyapp.trends\n",
        "trends/__init__": "",
    }.items():
        file = tmp_path / "surveyapp" / f"{name}.py"
        file.parent.mkdir(exist_ok=True, parents=True)
        file.write_text(text)
    rules = configparser.ConfigParser()
    rules.read(ROOT / "setup.cfg")
    kept = configparser.ConfigParser()
    kept["importlinter"] = {"root_package": "surveyapp"}
    kept["importlinter:contract:rooms"] = {
        **rules["importlinter:contract:rooms"],
        "layers": "\n(api)\ntrends\nbacklog\nmodels",
    }
    with (tmp_path / "rules.cfg").open("w") as out:
        kept.write(out)
    done = lint(tmp_path, tmp_path / "rules.cfg")
    assert done.returncode == 1
    assert "surveyapp.backlog -> surveyapp.trends" in done.stdout
