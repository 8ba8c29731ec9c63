"""What is handed out works where it is handed out: the wheel, alone in an empty environment, opens a page of every room."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import sysconfig
import time
import zipfile
from collections.abc import Iterator
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, build_opener

import pytest
from bs4 import BeautifulSoup

from tests.support.served import free_port

ROOT = Path(__file__).parents[1]
SOURCE = ("analysis", "surveyapp", "templates", "static")
BESIDE = ("setup.cfg", "pyproject.toml", "wsgi.py", "README.md", "LICENSE")
MEGABYTE = 1_000_000


def run(*command: str | Path, cwd: Path, **environment: str) -> str:
    """Run a command without any setting of this machine's; return what it said."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith(("HEED_", "PYTHONPATH"))}
    done = subprocess.run(
        [str(part) for part in command], cwd=cwd, env=plain | environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from a copy of the source, so that nothing is left behind in the tree."""
    copy, out = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("wheels")
    for name in SOURCE:
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in BESIDE:
        shutil.copy(ROOT / name, copy / name)
    (copy / "surveyapp/backlog/__pycache__").mkdir()
    (copy / "surveyapp/backlog/__pycache__/views.cpython-311.pyc").write_bytes(b"left behind")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", out, ".", cwd=copy)
    return next(out.glob("*.whl"))


@pytest.fixture(scope="module")
def elsewhere(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds nothing but an environment with the wheel; other packages are borrowed from the tests' own."""
    folder = tmp_path_factory.mktemp("elsewhere")
    run(sys.executable, "-m", "venv", "--without-pip", "venv", cwd=folder)
    install = ("-m", "pip", "--python", "venv/bin/python", "install", "--quiet", "--no-index", "--no-deps")
    run(sys.executable, *install, wheel, cwd=folder)
    site = run("venv/bin/python", "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=folder).strip()
    borrowed = dict.fromkeys(sysconfig.get_path(kind) for kind in ("purelib", "platlib"))
    Path(site, "templates").mkdir()  # as packages leave behind that were made carelessly
    Path(site, "borrowed.pth").write_text("\n".join(borrowed) + "\n")
    return folder


class Visitor:
    """Somebody with a browser that keeps cookies."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.opener: OpenerDirector = build_opener(HTTPCookieProcessor(CookieJar()))

    def get(self, path: str) -> str:
        """Open a page; an error page raises."""
        with self.opener.open(self.base + path, timeout=60) as answer:
            return str(answer.read().decode())

    def sign_in(self, email: str, password: str) -> None:
        """Fill in the form of signing in and send it."""
        form = BeautifulSoup(self.get("/login"), "html5lib").select_one("main form")
        assert form is not None
        fields = {str(tag["name"]): str(tag.get("value", "")) for tag in form.select("input[name]")}
        sent = urlencode(fields | {"email": email, "password": password}).encode()
        with self.opener.open(self.base + "/login", data=sent, timeout=60) as answer:
            assert not answer.url.endswith("/login"), "not signed in"


@pytest.fixture(scope="module")
def demo(elsewhere: Path) -> str:
    """A small demo in the installed copy; what it printed."""
    return run(
        "venv/bin/python", "-m", "flask", "--app", "wsgi", "demo", "--responses", "300",
        cwd=elsewhere, HEED_INSTANCE="demo", HEED_PUBLIC_URL="http://127.0.0.1:1",
    )  # fmt: skip


@pytest.fixture(scope="module")
def base(elsewhere: Path, demo: str) -> Iterator[str]:
    """The address at which the installed copy serves the demo."""
    url = f"http://127.0.0.1:{(port := free_port())}"
    plain = {name: value for name, value in os.environ.items() if not name.startswith(("HEED_", "PYTHONPATH"))}
    settings = {"INSTANCE": "demo", "PUBLIC_URL": url, "BIND": f"127.0.0.1:{port}", "WORKERS": "1", "ANALYSER": "none"}
    (elsewhere / ".env").write_text("".join(f"HEED_{name}={value}\n" for name, value in settings.items()))
    command = ["venv/bin/python", "-m", "gunicorn", "--config", "python:surveyapp.serving", "wsgi:app"]
    with (elsewhere / "server.log").open("w") as log:
        server = subprocess.Popen(command, cwd=elsewhere, env=plain, stdout=log, stderr=log)
    try:
        wait_until_ready(url, server, elsewhere / "server.log")
        yield url
    finally:
        server.terminate()
        server.wait(30)


def wait_until_ready(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    for _try in range(300):
        assert server.poll() is None, log.read_text()
        try:
            if Visitor(url).get("/readyz") == "ready\n":
                return
        except URLError:
            time.sleep(0.1)
    raise AssertionError(log.read_text())


def wanted(demo: str, duty: str) -> tuple[str, str]:
    """The address and the password with which somebody of a duty signs in, as the demo prints them."""
    email = re.search(rf"^  {duty}\s+(\S+)$", demo, re.MULTILINE)
    password = re.search(r"^Password for each:\s+(.+)$", demo, re.MULTILINE)
    assert email, demo
    assert password, demo
    return email[1], password[1]


def test_the_wheel_is_small(wheel: Path) -> None:
    assert wheel.stat().st_size < 15 * MEGABYTE


def test_the_wheel_holds_every_file_of_the_source(wheel: Path) -> None:
    """Pages, words, weights and migrations, too, which are not code."""
    held = set(zipfile.ZipFile(wheel).namelist())
    files = [
        path
        for name in SOURCE
        for path in (ROOT / name).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    ]
    names = [path.relative_to(ROOT).as_posix() for path in files]
    inside = {name if name.startswith(("analysis/", "surveyapp/")) else f"surveyapp/{name}" for name in names}
    assert sorted(inside - held) == []
    assert {"surveyapp/templates/layout.html", "surveyapp/migrations/script.py.mako", "wsgi.py"} <= held


def test_the_wheel_holds_nothing_else(wheel: Path) -> None:
    """No tests, no scripts, no data of an installation, nothing compiled that lay about."""
    held = zipfile.ZipFile(wheel).namelist()
    assert [name for name in held if name.endswith(".pyc")] == []
    assert {name.split("/")[0].split("-")[0] for name in held} == {"analysis", "surveyapp", "wsgi.py", "heed"}


def test_the_installed_copy_is_the_one_that_runs(elsewhere: Path) -> None:
    told = run(
        "venv/bin/python",
        "-c",
        "import analysis, surveyapp; print(analysis.__file__, surveyapp.__file__)",
        cwd=elsewhere,
    )
    assert all(Path(path).is_relative_to(elsewhere) for path in told.split()), told


def test_comments_are_read_without_a_server(elsewhere: Path) -> None:
    told = run(
        "venv/bin/python",
        "-c",
        "from analysis import analyse; print(analyse('Please add a ramp.').suggestions)",
        cwd=elsewhere,
    )
    assert "ramp" in told


def test_a_customer_opens_the_survey(base: str, demo: str) -> None:
    link = re.search(r"(/s/\S+)", demo)
    assert link
    customer = Visitor(base)
    page = BeautifulSoup(customer.get(link[1]), "html5lib")
    assert page.select("input[type=radio]")
    sheet = page.select_one("link[rel=stylesheet]")
    assert sheet is not None
    assert "{" in customer.get(str(sheet["href"]))
    assert "code" in customer.get("/r").lower()


ROOMS = {
    "lead": ("/backlog", "/comments", "/trends"),
    "executive": ("/trends",),
    "builder": ("/surveys",),
    "administrator": ("/admin",),
}


@pytest.mark.parametrize("duty", ROOMS)
def test_each_duty_opens_its_rooms(base: str, demo: str, duty: str) -> None:
    somebody = Visitor(base)
    somebody.sign_in(*wanted(demo, duty))
    for path in ROOMS[duty]:
        assert BeautifulSoup(somebody.get(path), "html5lib").select("main h1"), path


def test_a_chart_is_drawn(base: str, demo: str) -> None:
    executive = Visitor(base)
    executive.sign_in(*wanted(demo, "executive"))
    charts = [str(tag["src"]) for tag in BeautifulSoup(executive.get("/trends"), "html5lib").select("main img[src]")]
    assert charts
    assert "<svg" in executive.get(charts[0])
