"""P-REG-7, P-ALL-4: the disk for evidence is full while photographs come: it is said, nothing is half kept, and it goes on afterwards."""

import contextlib
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from demo.browser import Browser, PageRefused
from registration.models import Application, Capture
from registration.states import CaptureKind
from tests.drills.crowd import read_code
from tests.factories import registration as make
from tests.pipeline.applicants import pictures

needs_root = pytest.mark.skipif(os.geteuid() != 0 or not shutil.which("mount"), reason="A file system of its own is mounted by root only.")
SIZE = "48m"


@contextlib.contextmanager
def small_disk(folder: Path) -> Iterator[Path]:
    """A real file system of SIZE where evidence lies; the files there before are moved onto it, and back."""
    aside = folder.with_name("files-aside")
    folder.rename(aside) if folder.exists() else aside.mkdir()
    folder.mkdir(mode=0o700)
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SIZE},mode=700", "tmpfs", str(folder)], check=True)
    try:
        shutil.copytree(aside, folder, dirs_exist_ok=True)
        yield folder
    finally:
        shutil.copytree(folder, aside, dirs_exist_ok=True)
        subprocess.run(["umount", "-l", str(folder)], check=True)
        folder.rmdir()
        aside.rename(folder)


def fill(disk: Path) -> Path:
    """A file that leaves no space."""
    ballast = disk.parent / "files" / "ballast"
    with contextlib.suppress(OSError), ballast.open("wb") as file:
        while True:
            file.write(b"0" * 4096)
            file.flush()
    assert shutil.disk_usage(disk).free == 0
    return ballast


@needs_root
def test_a_crowd_meets_a_full_disk(plant, crowd, all_right):
    with small_disk(plant.files) as disk:
        people = crowd()
        people.wait_for_share(0.3)
        ballast = fill(disk)
        page, application = _before_the_camera(plant)
        with pytest.raises(PageRefused) as refusal:
            page.submit("/register/document", "/register/document/front", files={"photo": ("front.jpg", pictures()[0])})
        assert "存储空间已满" in refusal.value.text
        assert not Capture.objects.filter(application=application).exists()
        assert not list(disk.rglob("*.part"))
        ballast.unlink()

        assert page.submit("/register/document", "/register/document/front", files={"photo": ("front.jpg", pictures()[0])})
        page.close()
        assert list(application.captures.values_list("kind", flat=True)) == [CaptureKind.DOCUMENT_FRONT]
        people.all_in()
        all_right()


def _before_the_camera(plant) -> tuple[Browser, Application]:
    """Somebody who has come through the pages as far as the photographs."""
    page, phone = Browser(plant.site), make.new_phone()
    agreed = {"terms": "on", "identity": "on", "path": "face_free", "statement_way": "shop"}
    page.submit("/register/consent", "/register/consent", agreed)
    page.submit("/register/phone", "/register/phone", {"phone": phone})
    page.submit("/register/code", "/register/code", {"code": read_code(plant, phone)})
    return page, Application.objects.get(phone_index=_index(phone))


def _index(phone: str) -> str:
    from realname.vault.blind_index import blind_index

    return blind_index("phone", phone)
