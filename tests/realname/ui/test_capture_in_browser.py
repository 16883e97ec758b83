"""The camera in a real browser, with a fake camera: live picture, shutter, file in the form; and the ways around it (P-REG-7)."""

import base64
import io

import pytest
from django.urls import reverse
from PIL import Image
from playwright.sync_api import Page, sync_playwright

pytestmark = [pytest.mark.browser, pytest.mark.slow]

FAKE_CAMERA = ["--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream"]
FILE = """async () => {
  const file = document.querySelector("#id_photo").files[0];
  const reader = new FileReader();
  await new Promise((done) => { reader.onload = done; reader.readAsDataURL(file); });
  return [file.name, reader.result.split(",")[1]];
}"""


@pytest.fixture
def browser(chromium):
    """A browser whose camera is a moving test picture."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", *FAKE_CAMERA])
        yield browser
        browser.close()


@pytest.fixture
def address(live_server, settings) -> str:
    """The stylebook, which has a capture control."""
    settings.DEVELOPMENT = True
    return live_server.url + reverse("ui:stylebook")


def opened(browser, address: str, **options) -> Page:
    """The page on a phone of 360 px, every complaint of the browser (CSP among them) collected in `page.complaints`."""
    page = browser.new_context(viewport={"width": 360, "height": 780}, **options).new_page()
    page.complaints = []
    page.on("console", lambda message: page.complaints.append(message.text) if message.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.goto(address)
    return page


def picture(page: Page) -> Image.Image:
    """The photograph that would be sent."""
    return Image.open(io.BytesIO(base64.b64decode(page.evaluate(FILE)[1])))


def test_photograph_by_camera_goes_into_the_form(browser, address):
    """Open, shoot, look; the file is a JPEG of what was seen (4:3)."""
    page = opened(browser, address, permissions=["camera"])
    page.click("[data-capture-open]")
    page.wait_for_selector("[data-capture-shutter]", state="visible")
    page.click("[data-capture-shutter]")
    page.wait_for_selector("[data-capture-preview] img", state="visible")
    image = picture(page)
    assert image.format == "JPEG"
    assert image.width / image.height == pytest.approx(4 / 3, abs=0.02)
    assert page.evaluate("document.querySelector('[data-capture-video]').srcObject") is None
    assert page.complaints == []


def test_large_upload_is_made_smaller_and_upright(browser, address, tmp_path):
    """A 12-megapixel photograph lying on its side goes up at 2560 px, standing."""
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.new("RGB", (4000, 3000), "white").save(tmp_path / "large.jpg", exif=exif)
    page = opened(browser, address)
    page.set_input_files("#id_photo", tmp_path / "large.jpg")
    page.wait_for_selector("[data-capture-preview] img", state="visible")
    assert picture(page).size == (1920, 2560)


def test_file_no_browser_can_read_goes_up_as_it_is(browser, address, tmp_path):
    """The server says what is wrong with it."""
    (tmp_path / "letter.pdf").write_bytes(b"%PDF-1.7 not a picture")
    page = opened(browser, address)
    page.set_input_files("#id_photo", tmp_path / "letter.pdf")
    page.wait_for_function("document.querySelector('[data-capture-state]').textContent.includes('letter.pdf')")
    name, content = page.evaluate(FILE)
    assert (name, base64.b64decode(content)) == ("letter.pdf", b"%PDF-1.7 not a picture")


def test_refused_camera_leads_to_the_file_chooser(browser, address):
    """The refusal is said, and the button then opens the chooser."""
    page = opened(browser, address)
    page.evaluate("() => { navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('no', 'NotAllowedError')); }")
    page.click("[data-capture-open]")
    page.wait_for_function("document.querySelector('[data-capture-state]').textContent.length > 10")
    with page.expect_file_chooser():
        page.click("[data-capture-open]")


def test_page_works_without_javascript(browser, address, tmp_path):
    """The plain file input is seen and can be used; larger type too."""
    page = opened(browser, address, java_script_enabled=False)
    assert page.locator("#id_photo").is_visible()
    assert not page.locator("[data-capture-open]").first.is_visible()
    before = page.locator("h1").first.bounding_box()["height"]
    page.click("button[name=type]")
    assert page.locator("h1").first.bounding_box()["height"] > before * 1.2


@pytest.mark.parametrize("language", ["zh-CN", "en-GB"])
@pytest.mark.parametrize("errors", ["", "?errors=1"])
def test_page_fits_a_small_phone(browser, address, language, errors):
    """At 360 px, in larger type too, nothing is wider than the screen, and controls are at least 44 px high."""
    page = opened(browser, address + errors, locale=language)
    for _ in ("normal", "large"):
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        low = page.locator("main .button:visible, .tool:visible, .choice:visible").evaluate_all(
            "all => all.map(one => one.getBoundingClientRect().height).filter(height => height < 44)"
        )
        assert low == []
        page.click("button[name=type]")
    assert page.complaints == []
