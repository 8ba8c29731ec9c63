"""Importing the package must cost a customer's page nothing: heavy libraries wait until something is analysed."""

import subprocess
import sys

import pytest

HEAVY = ("numpy", "textblob", "nltk", "scipy", "sklearn", "matplotlib", "tqdm")


def loaded_by(statement: str) -> set[str]:
    shown = subprocess.run(
        [sys.executable, "-c", f"{statement}\nimport sys\nprint(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )
    return {name.partition(".")[0] for name in shown.stdout.split()}


def test_the_package_alone_loads_nothing_heavy():
    assert not loaded_by("import analysis").intersection(HEAVY)


@pytest.mark.parametrize("library", ["sklearn", "scipy", "matplotlib"])
def test_analysing_needs_no_training_library(library):
    assert library not in loaded_by("import analysis\nanalysis.analyse('The staff were kind. More chairs please.')")
