"""Which model files there are, and whether the ones on disk are the right ones.

The table is `manifest.toml`. A missing or altered file is an error with a name; no engine ever runs without its file.
"""

import hashlib
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from realname.paths import models_dir

Carrier = Literal["wheel", "sdist", "npm", "installed"]
Group = Literal["models", "faces"]
State = Literal["right", "missing", "altered"]

TABLE = Path(__file__).with_name("manifest.toml")


class ModelError(Exception):
    """A model file cannot be used. `name` is the file's."""

    def __init__(self, name: str, message: str) -> None:
        super().__init__(message)
        self.name = name


class ModelMissing(ModelError):
    """The file is not there."""


class ModelAltered(ModelError):
    """The file is there and its SHA-256 is not the one in the manifest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelFile:
    """One row of the table. `size` in bytes; `sha256` and `carrier_sha256` in lower-case hex.

    `threshold` and `review_threshold` are on the model's own scale, which `threshold_unit` names; None where it decides nothing.
    """

    name: str
    group: Group
    upstream: str
    licence: str
    size: int
    sha256: str
    carrier: Carrier
    package: str
    version: str
    path: str
    carrier_sha256: str = ""
    threshold: float | None = None
    review_threshold: float | None = None
    threshold_unit: str = ""
    calibrated_on: str = ""

    @property
    def source(self) -> tuple[Carrier, str, str, str]:
        """What identifies the carrier: files with the same source come out of one download."""
        return self.carrier, self.package, self.version, self.carrier_sha256


@cache
def table() -> tuple[ModelFile, ...]:
    """Every file of the manifest, in its order."""
    rows = tomllib.loads(TABLE.read_text(encoding="utf-8"))["file"]
    return tuple(ModelFile(**row) for row in rows)


def files(group: Group | None = None) -> tuple[ModelFile, ...]:
    """The files of one group, or all of them."""
    return tuple(file for file in table() if group in (None, file.group))


def named(name: str) -> ModelFile:
    """The row of that name. Raises KeyError when the manifest has none."""
    for file in table():
        if file.name == name:
            return file
    raise KeyError(name)


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file in lower-case hex."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def state_of(file: ModelFile, folder: Path) -> State:
    """Whether the file in `folder` is right, missing or altered."""
    path = folder / file.name
    if not path.is_file():
        return "missing"
    return "right" if sha256_of(path) == file.sha256 else "altered"


def verified_path(name: str, folder: Path | None = None) -> Path:
    """The path of a file whose content was just checked (default folder: `models_dir()`). Raises ModelMissing, ModelAltered."""
    folder = folder or models_dir()
    file = named(name)
    state = state_of(file, folder)
    if state == "missing":
        raise ModelMissing(name, f"{name} is not in {folder}. Run: manage.py models fetch")
    if state == "altered":
        raise ModelAltered(name, f"{name} in {folder} is not the file of the manifest. Delete it and run: manage.py models fetch")
    return folder / name


def verify(folder: Path | None = None, group: Group | None = None) -> list[tuple[ModelFile, State]]:
    """The state of every file of the group in `folder`."""
    folder = folder or models_dir()
    return [(file, state_of(file, folder)) for file in files(group)]
