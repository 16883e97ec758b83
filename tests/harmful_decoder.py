"""A fixture: a decoder that can be harmed, in the place of the real one."""

import sys

import pytest

from realname import decoding
from realname.decoding.process import Decoder

HARMFUL = (sys.executable, "-m", "tests.realname.decoding.harmful")


@pytest.fixture
def harmful(monkeypatch) -> Decoder:
    decoder = Decoder(HARMFUL)
    monkeypatch.setattr(decoding, "_decoder", decoder)
    # what a test waits for, it waits for briefly
    monkeypatch.setattr(decoding, "PICTURE_SECONDS", 1.0)
    monkeypatch.setattr(decoding, "VIDEO_SECONDS", 1.0)
    yield decoder
    decoder.stop()
