"""What a stranger's file does to a decoder ends with that file: the next one is decoded, whoever sent it."""

import io
import os
import signal
import subprocess
import sys
import threading
import time

import numpy as np
import pytest
from PIL import Image

from realname import decoding, images
from realname.decoding.process import Decoder, DecoderBroken
from realname.images import ImageRefused


def jpeg(size=(640, 400)) -> bytes:
    out = io.BytesIO()
    Image.effect_noise(size, 60).convert("RGB").save(out, "JPEG")
    return out.getvalue()


def test_it_answers_as_the_decoder_in_process_does():
    content = jpeg()
    there, here = decoding.decode(content), images.decode(content)
    assert (there.rgb == here.rgb).all()
    assert (there.bgr == here.bgr).all()
    assert there.format == here.format == "JPEG"
    assert decoding.reencode(content, quality=80, max_side=320) == images.reencode(content, quality=80, max_side=320)


@pytest.mark.parametrize("content", [b"", b"hello", b"%PDF-1.7", jpeg()[:900], jpeg((100, 100))])
def test_it_refuses_as_the_decoder_in_process_does(content):
    with pytest.raises(ImageRefused) as here:
        images.decode(content)
    with pytest.raises(ImageRefused) as there:
        decoding.decode(content)
    assert there.value.code == here.value.code


@pytest.mark.parametrize("harm", [b"crash", b"swell", b"spin", b"sleep", b"stumble", b"lie"])
@pytest.mark.parametrize("act", [decoding.decode, decoding.frames])
def test_a_harmful_file_is_refused_and_the_next_one_decoded(harmful, act, harm):
    """A crash, memory without end, a loop, a wait without end, a fault, a wrong answer: refused by name within seconds."""
    decoding.decode(jpeg())
    started = time.monotonic()
    with pytest.raises((ImageRefused, decoding.VideoRefused)) as refused:
        act(harm)
    assert refused.value.code == "undecodable"
    assert time.monotonic() - started < 10
    assert decoding.decode(jpeg((800, 600))).rgb.shape == (600, 800, 3)


def test_the_files_of_others_are_decoded_while_one_harms(harmful):
    """Threads of one process take turns: each gets the answer to its own file."""
    shapes, refused = {}, []

    def good(width: int) -> None:
        shapes[width] = decoding.decode(jpeg((width, 300))).rgb.shape

    def bad() -> None:
        with pytest.raises(ImageRefused) as caught:
            decoding.decode(b"crash")
        refused.append(caught.value.code)

    threads = [threading.Thread(target=good, args=(300 + n,)) for n in range(6)] + [threading.Thread(target=bad) for _ in range(3)]
    for thread in threads[::2] + threads[1::2]:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert shapes == {300 + n: (300, 300 + n, 3) for n in range(6)}
    assert refused == ["undecodable"] * 3


def test_a_stopped_child_is_replaced(harmful, monkeypatch):
    decoding.decode(jpeg())
    os.kill(harmful.pid, signal.SIGSTOP)
    before = harmful.pid
    monkeypatch.setattr(decoding, "PICTURE_SECONDS", 0.1)
    with pytest.raises(ImageRefused):
        decoding.decode(jpeg())
    monkeypatch.setattr(decoding, "PICTURE_SECONDS", 8.0)
    decoding.decode(jpeg())
    assert harmful.pid != before


def test_the_child_holds_no_secret(harmful, monkeypatch):
    """It knows neither database, nor keys, nor where files lie."""
    monkeypatch.setenv("REALNAME_KEYRING", "secret")
    names = harmful.ask("decode", b"environment", seconds=1, min_side=1).facts["names"]
    assert not [name for name in names if name.startswith(("REALNAME", "DATABASE", "REDIS", "STORAGE", "VAULT", "KEYRING", "SMS"))]


def test_the_child_ends_with_whoever_asked():
    """Killed or not, a process that goes takes its decoder with it."""
    code = (
        "import os, signal; from realname import decoding, images\n"
        "try: decoding.decode(b'x')\n"
        "except images.ImageRefused: print(decoding._decoder.pid, flush=True)\n"
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    child = int(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout)
    deadline = time.monotonic() + 5
    while _runs(child) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not _runs(child)


def test_a_forked_process_gets_a_child_of_its_own(harmful):
    """Web and queue workers fork; two of them on one socket would get each other's pictures."""
    decoding.decode(jpeg())
    ours = harmful.pid
    reader, writer = os.pipe()
    pid = os.fork()
    if pid == 0:
        decoding.decode(jpeg())
        os.write(writer, str(harmful.pid).encode())
        harmful.stop()
        os._exit(0)
    os.close(writer)
    theirs = int(os.read(reader, 20))
    os.waitpid(pid, 0)
    assert theirs != ours
    assert decoding.decode(jpeg()).rgb.shape == (400, 640, 3)
    assert harmful.pid == ours


def test_a_decoder_that_does_not_start_is_our_fault_and_said_aloud():
    """Otherwise a broken installation would tell every person that their photograph is damaged."""
    with pytest.raises(DecoderBroken):
        Decoder(("false",)).ask("decode", jpeg(), seconds=1, min_side=1)


def test_pixels_can_not_be_changed_behind_the_readers_back():
    rgb = decoding.decode(jpeg()).rgb
    assert not rgb.flags.writeable
    assert isinstance(rgb, np.ndarray)


def _runs(pid: int) -> bool:
    try:
        with open(f"/proc/{pid}/stat") as stat:  # noqa: PTH123
            return stat.read().split(")")[1].split()[0] != "Z"
    except FileNotFoundError:
        return False
