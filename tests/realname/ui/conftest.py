"""The files browsers film and detect with."""

from pathlib import Path

import pytest

from realname.paths import models_dir
from verification.engines.fetch import fetch


@pytest.fixture(scope="session")
def models() -> Path:
    """The folder of checked model files and portraits; they are fetched where they are missing."""
    folder = models_dir()
    fetch(folder, group=None)
    return folder
