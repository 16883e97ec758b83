"""Where things lie on disk."""

import os
from pathlib import Path

REPO = Path(__file__).resolve().parent.parent


def var_dir() -> Path:
    """The folder for everything that is made while running: `REALNAME_VAR`, else `var/` in the checkout."""
    return Path(os.environ.get("REALNAME_VAR") or REPO / "var").resolve()


def models_dir() -> Path:
    """The folder of the model files: `REALNAME_MODELS`, else `var/models`.

    It does not follow `REALNAME_VAR`, so that tests and demo share one verified copy.
    """
    return Path(os.environ.get("REALNAME_MODELS") or REPO / "var" / "models").resolve()
