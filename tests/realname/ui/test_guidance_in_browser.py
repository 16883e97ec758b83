"""The guidance while the camera is on, in a real browser that films specimen cards and public-domain portraits (P-REG-3, P-REG-7)."""

import base64
import io
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils.translation import override
from PIL import Image
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Page

from demo.specimens import IdCard, draw_back, draw_front
from realname.paths import REPO
from realname.ui.guidance import SENTENCES
from tests.realname.ui.cameras import Scene, beside, camera, darkened, film, held, laid, opened, portrait_of

pytestmark = [pytest.mark.browser, pytest.mark.slow]

BUDGET = 300 * 1024  # bytes of JavaScript for a capture, without models
# every sentence with the milliseconds since the page began, and every fill of the ring
LISTEN = """root => {
  window.heard = [];
  window.ring = [];
  const note = root.querySelector("[data-capture-note]");
  const ring = root.querySelector("[data-capture-ring]");
  new MutationObserver(() => note.textContent && heard.push([performance.now(), note.textContent])).observe(note, {childList: true});
  new MutationObserver(() => window.ring.push(1 - Number(ring.style.strokeDashoffset))).observe(ring, {attributes: true});
}"""
FILE = """async root => {
  const reader = new FileReader();
  await new Promise((done) => { reader.onload = done; reader.readAsDataURL(root.querySelector("input[type=file]").files[0]); });
  return reader.result.split(",")[1];
}"""


@pytest.fixture(scope="module")
def front(models) -> Image.Image:
    """The portrait side of a specimen card."""
    return draw_front(IdCard.make(3), portrait_of("obama")[0])


@pytest.fixture
def address(live_server, settings) -> str:
    """The stylebook, which has a capture of a card and one of a face."""
    settings.DEVELOPMENT = True
    return live_server.url + reverse("ui:stylebook")


@pytest.fixture
def filming(chromium, address, tmp_path):
    """Open the camera of a kind of capture on these scenes; answers page and capture. `withheld`: files that do not load."""
    cameras = []

    def _opened(shows: Path, **options) -> Page:
        cameras.append(camera(chromium, shows))
        return opened(cameras[-1].__enter__(), address, **{"locale": "en-GB", **options})

    def _filming(kind: str, *scenes: Scene, withheld: str = "", **options):
        shows = film(tmp_path / "film.mjpeg", *scenes)
        try:
            page = _opened(shows, **options)
        except PlaywrightError:
            # on a busy machine Chromium now and then ends as it starts: the page was not even asked for
            cameras.pop().__exit__(None, None, None)
            page = _opened(shows, **options)
        if withheld:
            page.route(withheld, lambda route: route.abort())
        root = page.locator(f".capture--{kind}")
        root.evaluate(LISTEN)
        root.locator("[data-capture-open]").click()
        root.locator("[data-capture-shutter]").wait_for()
        return page, root

    yield _filming
    for shown in cameras:
        shown.__exit__(None, None, None)


def said(kind: str, verdict: str, language: str = "en") -> str:
    """The sentence of a verdict."""
    with override(language):
        return str(SENTENCES[kind][verdict])


def heard(page: Page) -> list[str]:
    """The sentences so far."""
    return [sentence for _, sentence in page.evaluate("heard")]


def wait_for_sentence(page: Page, sentence: str) -> None:
    page.wait_for_function("sentence => heard.some(([, one]) => one === sentence)", arg=sentence, timeout=20_000)


def taken(root) -> bool:
    return root.locator("[data-capture-preview]").is_visible()


@pytest.mark.parametrize("side", ["front", "back"])
def test_good_card_is_taken_by_itself(filming, front, side):
    """Told to hold still, the ring fills, and the file is what was seen: 4:3, at the camera's own resolution."""
    card = front if side == "front" else draw_back(IdCard.make(3))
    page, root = filming("card", (laid(card), 2))
    root.locator("[data-capture-preview] img").wait_for(timeout=20_000)
    assert heard(page) == [said("card", "good")]
    fills = [fill for fill in page.evaluate("ring") if fill > 0]
    assert fills
    assert fills == sorted(fills)
    image = Image.open(io.BytesIO(base64.b64decode(root.evaluate(FILE))))
    assert (image.format, image.height) == ("JPEG", 960)
    assert image.width == pytest.approx(1280, abs=8)
    assert root.locator("video").evaluate("video => video.srcObject") is None
    assert page.complaints == []


@pytest.mark.parametrize(
    ("verdict", "seen"),
    [
        ("none", lambda card: laid(None)),
        ("blurred", lambda card: laid(card, blurred=4)),
        ("far", lambda card: laid(card, fill=0.6)),
        ("glare", lambda card: laid(card, lamp=True)),
        ("dark", lambda card: laid(card, gain=0.3)),
        ("coarse", lambda card: laid(card).resize((400, 300))),
    ],
)
def test_card_that_is_not_good_is_not_taken(filming, front, verdict, seen):
    """The reason is said, and three seconds later there is still no photograph; the shutter takes one all the same."""
    page, root = filming("card", (seen(front), 2), locale="zh-CN")
    wait_for_sentence(page, said("card", verdict, "zh-hans"))
    page.wait_for_timeout(3000)
    assert not taken(root)
    assert said("card", "good", "zh-hans") not in heard(page)
    assert root.locator("[data-capture-stage]").get_attribute("data-verdict") == "not-yet"
    root.locator("[data-capture-shutter]").click()
    root.locator("[data-capture-preview] img").wait_for()


def test_face_comes_closer_and_is_taken(filming, models):
    """Too far, then good: said in this order, no two sentences within a second, then the shot."""
    portrait, box = portrait_of("obama")
    page, root = filming("face", (held(portrait, box, share=0.2), 5), (held(portrait, box), 8))
    wait_for_sentence(page, said("face", "far"))
    root.locator("[data-capture-preview] img").wait_for(timeout=30_000)
    sentences = [sentence for sentence in heard(page) if sentence != said("face", "moving")]
    assert sentences[0] == said("face", "far")
    assert sentences[-1] == said("face", "good")
    times = [time for time, _ in page.evaluate("heard")]
    assert min(later - earlier for earlier, later in zip(times, times[1:], strict=False)) >= 1000
    image = Image.open(io.BytesIO(base64.b64decode(root.evaluate(FILE))))
    assert image.width / image.height == pytest.approx(3 / 4, abs=0.02)
    assert page.complaints == []


@pytest.mark.parametrize(
    ("verdict", "seen"),
    [
        ("none", lambda portrait, box: laid(None).resize((720, 960))),
        ("near", lambda portrait, box: held(portrait, box, share=0.75)),
        ("aside", lambda portrait, box: held(portrait, box, aside=0.2)),
        ("several", lambda portrait, box: beside(held(portrait, box, share=0.5), held(portrait, box, share=0.5))),
        ("dark", lambda portrait, box: darkened(held(portrait, box))),
    ],
)
def test_face_that_is_not_good_is_not_taken(filming, models, verdict, seen):
    """The reason is said, and no photograph is taken."""
    page, root = filming("face", (seen(*portrait_of("obama")), 2))
    wait_for_sentence(page, said("face", verdict))
    page.wait_for_timeout(2000)
    assert not taken(root)
    assert said("face", "good") not in heard(page)


def test_without_the_detector_nothing_is_said_of_the_face(filming, models, monkeypatch, tmp_path):
    """No model file: the light is still watched, the shutter is offered, nothing is promised or taken by itself."""
    shown = held(*portrait_of("obama"))
    monkeypatch.setenv("REALNAME_MODELS", str(tmp_path))
    page, root = filming("face", (shown, 2))
    wait_for_sentence(page, said("face", "unseen"))
    page.wait_for_timeout(2000)
    assert heard(page) == [said("face", "unseen")]
    assert not root.locator("[data-capture-auto]").is_visible()
    root.locator("[data-capture-shutter]").click()
    root.locator("[data-capture-preview] img").wait_for()


def test_without_guidance_the_camera_works(filming, front):
    """A module that does not load takes nothing else with it."""
    page, root = filming("card", (laid(front), 2), withheld="**/guidance/guide.js")
    page.wait_for_timeout(2000)
    assert not taken(root)
    assert not root.locator("[data-capture-auto]").is_visible()
    root.locator("[data-capture-shutter]").click()
    root.locator("[data-capture-preview] img").wait_for()


def test_taking_by_itself_can_be_switched_off(filming, front):
    """Switched off, a good card asks for the button, also on the next visit; the shutter works."""
    page, root = filming("card", (laid(None), 4), (laid(front), 10))
    root.locator("[data-capture-auto]").uncheck()
    wait_for_sentence(page, said("card", "press"))
    page.wait_for_timeout(2000)
    assert not taken(root)
    root.locator("[data-capture-shutter]").click()
    root.locator("[data-capture-preview] img").wait_for()
    page.reload()
    root.locator("[data-capture-open]").click()
    root.locator("[data-capture-auto]").wait_for()
    assert not root.locator("[data-capture-auto]").is_checked()


def test_a_page_nobody_looks_at_holds_no_camera(filming):
    """Another tab or application: the camera goes off, and the page says so."""
    page, root = filming("card", (laid(None), 2))
    page.evaluate("""() => {
      Object.defineProperty(document, "hidden", {value: true});
      document.dispatchEvent(new Event("visibilitychange"));
    }""")
    assert root.locator("video").evaluate("video => video.srcObject") is None
    assert not root.locator("[data-capture-live]").is_visible()
    assert "switched off" in root.locator("[data-capture-state]").text_content()


def test_nothing_the_browser_judges_is_sent(filming, front):
    """While it guides, only our own files are fetched; the form holds the photograph and no field of the guidance."""
    page, root = filming("card", (laid(None), 2))
    asked = []
    page.on("request", lambda request: asked.append((request.method, request.url)))
    names = "form => [...new FormData(form).keys()].sort()"
    before = page.locator("form[data-many]").evaluate(names)
    wait_for_sentence(page, said("card", "none"))
    page.wait_for_timeout(1500)
    assert page.locator("form[data-many]").evaluate(names) == before
    assert not [one for one in asked if one[0] != "GET" or "/static/js/" not in one[1]]


@pytest.mark.parametrize("kind", ["card", "face"])
def test_every_verdict_has_its_sentence(filming, kind):
    """What the modules may judge is what the page has words for."""
    page, _root = filming("card", (laid(None), 1))
    verdicts = page.evaluate("kind => import(`/static/js/guidance/${kind}.js`).then((all) => all[`${kind.toUpperCase()}_VERDICTS`])", kind)
    assert set(verdicts) | {"press"} == set(SENTENCES[kind])


def test_every_sentence_is_translated():
    """Chinese first."""
    for kind, sentences in SENTENCES.items():
        for verdict in sentences:
            assert said(kind, verdict, "zh-hans") != said(kind, verdict, "en"), (kind, verdict)


def test_javascript_for_a_capture_is_small():
    """All modules together, as they are served."""
    modules: list[Path] = [REPO / "static/js/capture.js", *(REPO / "static/js/guidance").glob("*.js")]
    assert sum(path.stat().st_size for path in modules) < BUDGET
