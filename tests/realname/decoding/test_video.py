"""Frames of a stranger's video: with their times, bounded in every measure, refused by name."""

import cv2
import numpy as np
import pytest

from realname import decoding
from realname.decoding import video
from realname.decoding.video import VideoRefused


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A video as bytes: each frame is as bright as its number."""

    def make(*, frames=30, rate=15.0, size=(320, 240), codec="mp4v", suffix=".mp4") -> bytes:
        path = tmp_path_factory.mktemp("video") / f"made{suffix}"
        writer = cv2.VideoWriter(str(path), cv2.VideoWriter_fourcc(*codec), rate, size)
        assert writer.isOpened()
        for number in range(frames):
            writer.write(np.full((size[1], size[0], 3), 8 * number % 256, np.uint8))
        writer.release()
        return path.read_bytes()

    return make


@pytest.mark.parametrize(("codec", "suffix"), [("mp4v", ".mp4"), ("VP80", ".webm"), ("VP90", ".webm")])
def test_frames_come_with_their_times(made, codec, suffix):
    found = decoding.frames(made(codec=codec, suffix=suffix), rate=30)
    assert found.frames.shape == (30, 240, 320, 3)
    assert found.times == pytest.approx(np.arange(30) * 1000 / 15, abs=1)
    assert found.frames[20].mean() == pytest.approx(160, abs=4)


def test_fewer_frames_are_kept_where_fewer_are_asked_for(made):
    found = decoding.frames(made(), rate=5)
    assert found.times == pytest.approx([0, 200, 400, 600, 800, 1000, 1200, 1400, 1600, 1800], abs=1)


def test_large_frames_are_made_small(made):
    assert decoding.frames(made(frames=3, size=(1280, 720)), max_side=320).frames.shape == (2, 180, 320, 3)


@pytest.mark.parametrize("content", [b"", b"hello", b"GIF89a", b"#EXTM3U\n#EXTINF:1,\nfile:///x\n", b"ffconcat version 1.0\nfile x"])
def test_what_is_no_video_is_not_even_tried(content):
    """Playlists above all: a reader of them would open other files for us."""
    with pytest.raises(VideoRefused, match="not_a_video"):
        decoding.frames(content)


@pytest.mark.parametrize("head", [b"\0\0\0\x18ftypisom", b"\x1a\x45\xdf\xa3"])
def test_a_header_with_nothing_behind_it_is_refused(head):
    with pytest.raises(VideoRefused, match="undecodable"):
        decoding.frames(head + b"#EXTM3U\n" * 200)


def test_too_long_too_large_and_too_many_pixels_are_named(made, monkeypatch):
    with pytest.raises(VideoRefused, match="too_long"):
        decoding.frames(made(frames=70, rate=1.0, size=(64, 64)))
    with pytest.raises(VideoRefused, match="too_many_pixels"):
        decoding.frames(made(frames=2, size=(2560, 1440)))
    with pytest.raises(VideoRefused, match="too_large"):
        decoding.frames(bytes(video.MAX_BYTES + 1))


def test_a_video_cut_short_ends_where_it_ends(made):
    content = made(codec="VP80", suffix=".webm", size=(640, 480))
    found = decoding.frames(content[: len(content) * 2 // 3], rate=30)
    assert 0 < len(found.frames) < 30
    assert len(found.times) == len(found.frames)
