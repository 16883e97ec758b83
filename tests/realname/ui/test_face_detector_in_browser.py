"""The detector in the browser finds what the server's finds, from the same file (P-REG-3)."""

import base64

import cv2
import numpy as np
import pytest
from django.urls import reverse
from PIL import Image
from playwright.sync_api import Error, Page, sync_playwright

from tests.realname.ui.cameras import QUIET, beside, held, laid, opened, portrait_of
from verification.engines.base import Face
from verification.engines.face.sface import YuNetDetector

pytestmark = [pytest.mark.browser, pytest.mark.slow]

DETECT = """async ([rgba, width, height, address]) => {
  const { FaceDetector } = await import("/static/js/guidance/yunet.js");
  const detector = new FaceDetector(await (await fetch(address)).arrayBuffer());
  return detector.detect({data: Uint8Array.from(atob(rgba), (one) => one.charCodeAt(0)), width, height});
}"""
READ = """async (bytes) => {
  const { Network } = await import("/static/js/guidance/network.js");
  const { readOnnx } = await import("/static/js/guidance/onnx.js");
  new Network(readOnnx(new Uint8Array(bytes).buffer));
}"""


@pytest.fixture
def page(chromium, live_server, settings, models) -> Page:
    """A page of ours, for its modules."""
    settings.DEVELOPMENT = True
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=QUIET)
        yield opened(browser, live_server.url + reverse("ui:stylebook"))
        browser.close()


def seen_by_both(page: Page, picture: Image.Image) -> tuple[list[dict], tuple[Face, ...]]:
    """What browser and server find in one picture, largest first."""
    rgb = np.asarray(picture)
    rgba = base64.b64encode(cv2.cvtColor(rgb, cv2.COLOR_RGB2RGBA).tobytes()).decode()
    here = page.evaluate(DETECT, [rgba, picture.width, picture.height, reverse("verification:face_detector")])
    return here, YuNetDetector().detect(np.ascontiguousarray(rgb[:, :, ::-1]))


def overlap(one: tuple[float, ...], other: tuple[float, ...]) -> float:
    """Intersection over union of two boxes."""
    across = min(one[0] + one[2], other[0] + other[2]) - max(one[0], other[0])
    down = min(one[1] + one[3], other[1] + other[3]) - max(one[1], other[1])
    common = max(0.0, across) * max(0.0, down)
    return common / (one[2] * one[3] + other[2] * other[3] - common)


@pytest.mark.parametrize("name", ["obama", "obama2", "obama3", "biden", "grace_hopper", "astronaut"])
@pytest.mark.parametrize("size", [(120, 160), (150, 110)])
def test_same_box_and_points_as_on_the_server(page, name, size):
    """At the guidance's size, and at one that is no multiple of 32: box within IoU 0.9, points within 2 px, score within 0.01."""
    here, there = seen_by_both(page, held(*portrait_of(name), share=0.3).resize(size, Image.Resampling.BOX))
    assert len(here) == len(there) == 1
    [ours], [theirs] = here, there
    assert overlap((ours["x"], ours["y"], ours["width"], ours["height"]), theirs.box) > 0.9
    assert np.abs(np.array(ours["points"]) - theirs.points).max() < 2
    assert ours["score"] == pytest.approx(theirs.score, abs=0.01)


def test_two_faces_and_none(page):
    """As many as the server counts."""
    both = beside(held(*portrait_of("obama"), share=0.5), held(*portrait_of("biden"), share=0.5)).resize((240, 160), Image.Resampling.BOX)
    here, there = seen_by_both(page, both)
    assert (len(here), len(there)) == (2, 2)
    here, there = seen_by_both(page, laid(None).resize((160, 120)))
    assert (here, there) == ([], ())


@pytest.mark.parametrize(("content", "complaint"), [(b"<html>", "not an ONNX file"), (b"", "no graph"), (b"\x3a\x7f\x0a", "ends within")])
def test_file_that_is_no_network_is_refused(page, content, complaint):
    """A page of an outage or half a file is no detector."""
    with pytest.raises(Error, match=complaint):
        page.evaluate(READ, list(content))


def test_half_a_model_is_refused(page, models):
    """An interrupted download."""
    content = (models / "face_detection_yunet_2023mar.onnx").read_bytes()
    with pytest.raises(Error, match="ends within"):
        page.evaluate(READ, list(content[: len(content) // 2]))
