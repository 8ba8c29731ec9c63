"""The background analyser ends with its parent, also when that is gone before it has looked."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from surveyapp import migrations
from surveyapp.config import ensure_secrets
from surveyapp.db import Database
from surveyapp.pipeline.background import Background


def test_it_ends_where_its_parent_is_already_gone(database: Database) -> None:
    """Whoever adopted it is not who started it."""
    Background(database, {}, parent=os.getppid() + 1).run()


def test_the_process_ends_by_itself_without_the_parent_that_it_was_told(tmp_path: Path) -> None:
    """As after a server that was killed while the analyser was still loading: no orphan goes on writing."""
    url = f"sqlite:///{tmp_path / 'heed.sqlite'}"
    made = Database(url)
    migrations.upgrade(made)
    made.dispose()
    ensure_secrets(tmp_path)
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    command = [sys.executable, "-m", "surveyapp.pipeline.background", str(gone.pid)]
    settings = os.environ | {"HEED_DATABASE_URL": url, "HEED_INSTANCE": str(tmp_path)}
    assert subprocess.run(command, env=settings, timeout=60, check=False).returncode == 0
