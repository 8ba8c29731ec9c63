"""The project keeps its own word: what README and `.env.example` name exists, and the house rules hold for every file."""

from __future__ import annotations

import ast
import configparser
import json
import re
import subprocess
from pathlib import Path

import pytest
from flask import Flask

from surveyapp import config

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text()
PAGES = [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]
MODULE_LINES, TEMPLATE_LINES, PICTURE_BYTES = 300, 120, 250_000
SERVING = {"BIND", "WORKERS", "THREADS", "PROXIES"}
MADE = {"SECRET_KEY", "SECURITY_PASSWORD_SALT", "CODE_KEYS", "SECURITY_TOTP_SECRETS"}
MAIL = {"MAIL_USERNAME", "MAIL_PASSWORD", "MAIL_USE_SSL"}
FOLDERS = ("analysis", "bench", "docs", "examples", "script", "static", "surveyapp", "templates", "tests", ".ci")
SKIPPED = {"__pycache__", "vendor", "instance"}
WORDS_OF_THIS_FILE = Path(__file__).name


def files(*folders: str, suffixes: tuple[str, ...] = ()) -> list[Path]:
    """Every file of the source in some folders (the top's own files too, where none is named)."""
    top = [] if folders else [path for path in ROOT.iterdir() if path.is_file() and path.name != ".env"]
    found = [path for name in folders or FOLDERS for path in (ROOT / name).rglob("*") if path.is_file()]
    return [
        path
        for path in top + found
        if not SKIPPED & set(path.parts[len(ROOT.parts) :]) and (not suffixes or path.suffix in suffixes)
    ]


def named(paths: list[Path]) -> list[str]:
    return sorted(str(path.relative_to(ROOT)) for path in paths)


def text(path: Path) -> str:
    try:
        return path.read_text()
    except UnicodeDecodeError:
        return ""


def settings() -> set[str]:
    """Every setting that the application, its server and its mail know."""
    return set(config.defaults(Path("instance"))) | SERVING | MADE | MAIL


def exampled(example: str) -> list[str]:
    return re.findall(r"^# HEED_([A-Z_]+)=", example, re.MULTILINE)


def test_every_setting_has_a_line_in_the_example_and_no_line_is_made_up() -> None:
    assert sorted(exampled((ROOT / ".env.example").read_text())) == sorted(settings())


def test_a_setting_that_nobody_explained_would_be_noticed() -> None:
    example = (ROOT / ".env.example").read_text().replace("# HEED_PROXY_HOPS=0", "")
    assert settings() - set(exampled(example)) == {"PROXY_HOPS"}


def test_settings_beside_the_defaults_are_read_somewhere() -> None:
    source = "".join(text(path) for path in files("surveyapp", suffixes=(".py",)))
    assert [name for name in sorted(SERVING) if f"HEED_{name}" not in source] == []
    assert [name for name in sorted(MADE | MAIL) if f'"{name}"' not in source] == []


def test_the_example_shows_the_defaults() -> None:
    """Where a setting has a default, the line shows it; JSON is read as the server reads it."""
    lines = re.findall(r"^# HEED_([A-Z_]+)=(.*)$", (ROOT / ".env.example").read_text(), re.MULTILINE)
    shown = {name: json.loads(value) for name, value in lines if _is_json(value)}
    wrong = {
        name: value
        for name, value in config.defaults(Path("instance")).items()
        if type(value) in (int, bool, list) and shown[name] != value
    }
    assert wrong == {}


def _is_json(value: str) -> bool:
    try:
        json.loads(value)
    except ValueError:
        return False
    return True


def test_no_example_line_is_in_force_before_somebody_uncomments_it() -> None:
    lines = (ROOT / ".env.example").read_text().splitlines()
    assert [line for line in lines if line and not line.startswith("#")] == []


def test_the_container_sets_only_settings_that_exist() -> None:
    for name in ("Dockerfile", "compose.yaml", "docs/deploying.md", "SECURITY.md"):
        used = set(re.findall(r"HEED_([A-Z_]+[A-Z])\b", (ROOT / name).read_text()))
        assert used - settings() == set(), name


def test_every_command_of_the_readme_exists(app: Flask) -> None:
    commands = re.findall(
        r"flask --app wsgi ([a-z][a-z-]*)(?: ([a-z]+)\b)?", README + (ROOT / "docs/deploying.md").read_text()
    )
    assert {"setup", "demo", "tick", "import-feedback"} <= {first for first, _second in commands}
    for first, second in commands:
        command = app.cli.commands[first]
        assert not hasattr(command, "commands") or second in command.commands, (first, second)


def test_every_command_stands_in_the_readme(app: Flask) -> None:
    ours = {name for name in app.cli.commands if app.cli.commands[name].callback.__module__.startswith("surveyapp")}
    missing = [name for name in sorted(ours) if not re.search(rf"(wsgi|and) `?{name}\b|`{name} ", README)]
    assert missing == []


def test_every_option_of_the_readme_exists(app: Flask) -> None:
    lines = [line for line in README.splitlines() if "flask --app wsgi" in line]
    for line in lines:
        name = re.search(r"flask --app wsgi ([a-z-]+)", line)
        known = (
            {option for parameter in app.cli.commands[name[1]].params for option in parameter.opts} if name else set()
        )
        assert set(re.findall(r"(?<!flask )--(?!app)[a-z-]+", line.split("wsgi", 1)[1])) <= known, line
    demo = (ROOT / "script/demo").read_text()
    assert all(f"{option})" in demo for option in ("--port", "--no-serve", "--fresh"))


@pytest.mark.parametrize("page", PAGES, ids=named(PAGES))
def test_links_and_pictures_of_the_documents_exist(page: Path) -> None:
    targets = re.findall(r"\]\(([^)#\s]+)", page.read_text()) + re.findall(r'src="([^"]+)"', page.read_text())
    gone = [target for target in targets if "://" not in target and not (page.parent / target).exists()]
    assert gone == []


def test_folders_of_the_readme_exist() -> None:
    built = README.split("## How it is built")[1]
    named_there = re.findall(r"`((?:surveyapp|analysis|templates|static|docs|examples|script)/[\w./]*)`", built)
    assert len(named_there) > 8
    assert [name for name in named_there if not (ROOT / name).exists()] == []


def test_what_a_project_owes_its_readers_is_there() -> None:
    for name in (
        "README.md",
        "CHANGELOG.md",
        "SECURITY.md",
        "CONTRIBUTING.md",
        "Dockerfile",
        "compose.yaml",
        ".ci/run",
    ):
        assert (ROOT / name).stat().st_size > 200, name
    licence = (ROOT / "LICENSE").read_text()
    assert licence.startswith("MIT License")
    assert "the Heed authors" in licence


def test_the_newest_version_stands_in_the_changes() -> None:
    version = re.search(r"^version = (\S+)$", (ROOT / "setup.cfg").read_text(), re.MULTILINE)
    headings = re.findall(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)
    assert version
    assert headings[0] == version[1]


def test_every_package_is_named_in_the_setup() -> None:
    setup = configparser.ConfigParser()
    setup.read(ROOT / "setup.cfg")
    folders = {path.parent.relative_to(ROOT) for path in files("analysis", "surveyapp", suffixes=(".py",))}
    wanted = {".".join(folder.parts) for folder in folders} | {"surveyapp.templates", "surveyapp.static"}
    assert set(setup["options"]["packages"].split()) == wanted


def test_scripts_can_be_run() -> None:
    assert [
        name for name in ("script/demo", "script/test", ".ci/run") if not (ROOT / name).stat().st_mode & 0o100
    ] == []


def test_modules_are_short() -> None:
    ours = [path for path in files("analysis", "surveyapp", "bench", suffixes=(".py",)) if "versions" not in path.parts]
    assert {str(path): n for path in ours if (n := len(text(path).splitlines())) > MODULE_LINES} == {}


def test_templates_are_short() -> None:
    assert {str(path): n for path in files("templates") if (n := len(text(path).splitlines())) >= TEMPLATE_LINES} == {}


def test_pictures_are_small() -> None:
    assert [path.name for path in files("docs", suffixes=(".png", ".jpg")) if path.stat().st_size > PICTURE_BYTES] == []


LEFTOVER = re.compile(r"\b(?:TODO|FIXME|XXX)\b|<<<<<<<|>>>>>>>|(?:breakpoint|set_trace)\(\)")
OF_A_MACHINE = re.compile(r"(?<![\w.~$}-])/(?:root|work|Users|home/(?!heed\b)\w+)/")


@pytest.mark.parametrize(("what", "pattern"), [("a leftover", LEFTOVER), ("a path of a machine", OF_A_MACHINE)])
def test_no_file_holds(what: str, pattern: re.Pattern[str]) -> None:
    found = [path for path in files() if path.name != WORDS_OF_THIS_FILE and pattern.search(text(path))]
    assert named(found) == [], what


def test_leftovers_and_paths_would_be_found() -> None:
    assert LEFTOVER.search("# TODO: later")
    assert not LEFTOVER.search("todo lists of customers")
    assert OF_A_MACHINE.search('open("/home/ann/heed.sqlite")')
    assert not OF_A_MACHINE.search("https://example.org/work/1")


def test_text_is_indented_with_blanks_and_ends_in_a_line_end() -> None:
    ours = files(suffixes=(".py", ".html", ".md", ".cfg", ".toml", ".json", ".yaml", ".css", ".js", ".txt"))
    assert named([path for path in ours if "\t" in text(path)]) == []
    assert named([path for path in ours if text(path) and not text(path).endswith("\n")]) == []
    assert named([path for path in ours if "\r" in text(path)]) == []


def test_every_module_says_what_it_is_for() -> None:
    ours = [path for path in files("analysis", "surveyapp", "bench", "tests", suffixes=(".py",)) if text(path).strip()]
    assert named([path for path in ours if not ast.get_docstring(ast.parse(text(path)))]) == []


def test_secrets_and_data_stay_out_of_the_repository() -> None:
    checked = [".env", "instance/secrets.json", "instance/heed.sqlite", ".venv/bin/python", "dist/heed.whl"]
    if not (ROOT / ".git").exists():
        pytest.skip("not a clone: nothing to ask git about")
    done = subprocess.run(["git", "check-ignore", *checked], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stdout.split() == checked
