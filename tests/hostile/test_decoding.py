"""Hundreds of hostile files go through the decoder: each is a picture or refused by name, in bounded time and memory."""

import io
import time
from pathlib import Path
from typing import get_args

import pytest
from PIL import Image

from realname import decoding
from realname.decoding import ImageRefused, VideoRefused, child
from realname.decoding.video import VideoCode
from realname.images import ImageCode
from tests.hostile import good
from tests.hostile.corpus import Hostile, corpus

pytestmark = pytest.mark.slow

SECONDS = 2 * decoding.PICTURE_SECONDS  # for the slowest file, on a machine that does other things too


def outcome(file: Hostile) -> str:
    """The code it was refused with, or "ok"."""
    try:
        decoding.frames(file.content) if file.is_video else decoding.decode(file.content, min_side=1)
    except (ImageRefused, VideoRefused) as refusal:
        return refusal.code
    return "ok"


@pytest.fixture(scope="module")
def outcomes() -> dict[str, tuple[str, float]]:
    """Of every file: what came out, and after how many seconds."""
    found = {}
    for file in corpus():
        started = time.monotonic()
        found[file.name] = outcome(file), time.monotonic() - started
    return found


def test_there_are_hundreds_and_no_two_alike():
    assert len(corpus()) >= 300
    assert len({file.content for file in corpus()}) > 0.98 * len(corpus())


def test_the_good_files_are_good():
    """Otherwise the damage done to them would prove nothing."""
    assert {name: outcome(Hostile(name, content)) for name, content in good.files().items()} == dict.fromkeys(good.files(), "ok")


def test_each_is_a_picture_or_refused_by_name(outcomes):
    known = {"ok", *get_args(ImageCode), *get_args(VideoCode)}
    assert {code for code, _ in outcomes.values()} <= known
    # a corpus that is all refused at the door, or all let through, would try no decoder
    kinds = [code for code, _ in outcomes.values()]
    assert 0.1 < kinds.count("ok") / len(kinds) < 0.6
    assert decoding.decode(good.files()["jpeg"]).rgb.shape == (240, 210, 3)


def test_each_is_done_with_in_bounded_time_and_memory(outcomes):
    slowest = max(outcomes, key=lambda name: outcomes[name][1])
    assert outcomes[slowest][1] < SECONDS, slowest
    assert _peak_bytes(decoding._decoder.pid) < child.MAX_MEMORY


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("png claims 65535 x 65535", "too_many_pixels"),
        ("jpeg claims 65535 x 65535", "too_many_pixels"),
        ("heic claims 2147483647 x 2147483647", "too_many_pixels"),
        ("png with a text of 80 MB", "truncated"),
        ("png with a colour profile of 80 MB", "truncated"),
        ("gif claims 65535 x 65535", "not_an_image"),
        ("webp that moves", "animated"),
        ("30 MB of nothing", "too_large"),
        ("pdf and jpeg", "pdf"),
        ("page and jpeg", "not_an_image"),
        ("zip and jpeg", "not_an_image"),
        ("svg", "not_an_image"),
        ("mp4 that says it is heic", "not_a_video"),
        ("mp4 with a playlist in it", "undecodable"),
        ("jpeg cmyk", "ok"),
        ("png 48 bit", "ok"),
        ("png interlaced", "ok"),
        ("jpeg with damaged exif 2", "ok"),
        ("jpeg turned by 65535", "ok"),
    ],
)
def test_it_is_refused_as_what_it_is(outcomes, name, code):
    assert outcomes[name][0] == code


def test_nothing_but_pixels_of_a_polyglot_is_kept(outcomes):
    """P-REG-7: whatever else a file was, what is stored is a JPEG of ours."""
    payloads = (b"alert(1)", b"<?php", b"PK\x03\x04", b"<script", b"%PDF", b"EXTM3U", b"xxxxxxxx")
    carriers = [file for file in corpus() if outcomes[file.name][0] == "ok" and any(each in file.content for each in payloads)]
    assert len(carriers) >= 4
    for file in carriers:
        clean = decoding.reencode(file.content)
        assert not any(each in clean for each in payloads), file.name
        assert set(Image.open(io.BytesIO(clean)).info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


def _peak_bytes(pid: int) -> int:
    status = Path(f"/proc/{pid}/status").read_text()
    return 1024 * int(status.split("VmPeak:")[1].split()[0])
