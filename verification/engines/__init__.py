"""The models, each behind a small typed interface: pictures in as numpy arrays, frozen results out, no Django.

`engines()` hands them out; `base` says what they promise; `manifest` and `fetch` see to the model files.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from verification.engines.registry import Engines


def engines(folder: Path | None = None, *, face: Literal["sface", "dlib"] = "sface") -> Engines:
    """The engines of this process, on the model files in `folder` (default: `realname.paths.models_dir()`)."""
    # the libraries behind them take a second to import: web pages and commands that use none don't pay for it
    from verification.engines.registry import Engines

    return Engines(folder, face)
