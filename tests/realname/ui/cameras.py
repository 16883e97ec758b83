"""A browser whose camera shows what a test wants: a film of specimen cards or public-domain portraits."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import cv2
import numpy as np
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from demo.specimens import effects, scene
from realname.paths import models_dir
from verification.engines.face.sface import YuNetDetector

FAKE_CAMERA = ["--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream"]
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
RATE = 30  # pictures a second: what Chromium plays an MJPEG film at

Scene = tuple[Image.Image, float]  # what is seen, and for how many seconds
Box = tuple[float, float, float, float]  # x, y, width, height in px


def film(path: Path, *scenes: Scene) -> Path:
    """An MJPEG film of the scenes, one after the other; Chromium begins again at its end."""
    with path.open("wb") as stream:
        for image, seconds in scenes:
            _, jpeg = cv2.imencode(".jpg", np.asarray(image.convert("RGB"))[:, :, ::-1], [cv2.IMWRITE_JPEG_QUALITY, 92])
            stream.write(jpeg.tobytes() * round(seconds * RATE))
    return path


@contextmanager
def camera(chromium: str, shows: Path) -> Iterator[Browser]:
    """A Chromium with that film before its camera."""
    with sync_playwright() as playwright:
        arguments = [*QUIET, *FAKE_CAMERA, f"--use-file-for-fake-video-capture={shows}"]
        browser = playwright.chromium.launch(executable_path=chromium, args=arguments)
        yield browser
        browser.close()


def opened(browser: Browser, address: str, **options) -> Page:
    """The page on a phone of 360 px, every complaint of the browser (CSP among them) collected in `page.complaints`."""
    page = browser.new_context(**{"viewport": {"width": 360, "height": 780}, "permissions": ["camera"], **options}).new_page()
    page.complaints = []
    page.on("console", lambda message: page.complaints.append(message.text) if message.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.goto(address)
    return page


def laid(card: Image.Image | None, *, fill: float = 0.9, blurred: float = 0.7, gain: float = 0.9, lamp: bool = False) -> Image.Image:
    """A card on a dark desk as a phone held above it shows it, 1280 x 960: `fill` is its share of the picture. None: the bare desk."""
    rng = np.random.default_rng(1)
    seen = scene.desk(rng)
    if card:
        where = scene.corners(rng, card.width / card.height, fill=fill, turn=0, tilt=0.02)
        seen = scene.place(np.asarray(card.convert("RGB")), seen, where)
    seen = effects.exposure(seen, gain=gain)
    if lamp:
        seen = effects.glare(seen, centre=(800, 600), radius=180)
    seen = effects.sensor_noise(effects.blur(seen, blurred), rng)
    return Image.fromarray(seen).resize((1280, 960))


def portrait_of(name: str) -> tuple[Image.Image, Box]:
    """A public-domain portrait and where its face is."""
    image = Image.open(next(models_dir().glob(f"{name}.*"))).convert("RGB")
    return image, YuNetDetector().detect(np.ascontiguousarray(np.asarray(image)[:, :, ::-1]))[0].box


def held(portrait: Image.Image, box: Box, *, share: float = 0.36, aside: float = 0.0) -> Image.Image:
    """The portrait as a phone's front camera shows it, 720 x 960: the face `share` of the width, off the middle by `aside` of it."""
    x, y, face_width, face_height = box
    width, height = face_width / share, face_width / share * 4 / 3
    left, top = x + face_width / 2 - width * (0.5 + aside), y + face_height / 2 - height / 2
    edge = round(max(width, height))
    wide = cv2.copyMakeBorder(np.asarray(portrait.convert("RGB")), edge, edge, edge, edge, cv2.BORDER_REPLICATE)
    part = wide[round(top) + edge : round(top + height) + edge, round(left) + edge : round(left + width) + edge]
    return Image.fromarray(part).resize((720, 960))


def darkened(picture: Image.Image) -> Image.Image:
    """With a quarter of the light."""
    return Image.fromarray(effects.exposure(np.asarray(picture), gain=0.25))


def beside(one: Image.Image, other: Image.Image) -> Image.Image:
    """Both in one picture of 720 x 480."""
    both = Image.new("RGB", (720, 480))
    both.paste(one.resize((360, 480)), (0, 0))
    both.paste(other.resize((360, 480)), (360, 0))
    return both
