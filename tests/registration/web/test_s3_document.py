"""Photographs of the card: taken, refused by name, looked at, taken again (P-REG-7)."""

import io

import pillow_heif
import pytest
from PIL import Image

from realname.vault.files import read_file
from registration.models import Capture
from registration.services.clean_capture import clean_capture
from registration.states import CaptureStatus
from registration.web.findings import sentence
from tests.registration.web.sessions import browser_of, enormous_png, jpeg, look, proven, states, summary, take, upload

pytestmark = pytest.mark.django_db
FRONT = "/register/document/front"


@pytest.fixture
def application():
    return proven()


@pytest.fixture
def browser(application):
    return browser_of(application)


def heic() -> bytes:
    out = io.BytesIO()
    pillow_heif.from_pillow(Image.new("RGB", (640, 480), "teal")).save(out)
    return out.getvalue()


def animation() -> bytes:
    out = io.BytesIO()
    frames = [Image.new("RGB", (300, 300), shade) for shade in ("red", "blue")]
    frames[0].save(out, "WEBP", save_all=True, append_images=frames[1:])
    return out.getvalue()


def test_photograph_is_kept_and_looked_at(browser, application):
    """The page leads to the side still missing, and says that the first is looked at."""
    response = browser.post(FRONT, {"photo": upload(jpeg())})
    assert (response.status_code, response["Location"]) == (302, "/register/document#back")
    html = browser.get("/register/document").content.decode()
    assert states(html) == {"document_front": "pending", "document_back": "none"}
    assert "<noscript><meta http-equiv=" in html
    assert Capture.objects.get(application=application).kind == "document_front"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"nothing of the kind", "not_an_image"),
        (enormous_png(), "too_many_pixels"),
        (b"%PDF-1.7 letter", "pdf"),
        (animation(), "animated"),
        (jpeg((120, 90)), "too_small"),
        (b"", "empty"),
        (b"\xff\xd8\xff" + bytes(30 * 1024 * 1024), "too_large"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_file_that_is_no_photograph_is_refused_by_name(browser, content, code):
    """422, the reason in words beside the field, nothing kept."""
    response = browser.post(FRONT, {"photo": upload(content)})
    assert response.status_code == 422
    assert summary(response.content.decode()).endswith(str(sentence(code)))
    assert not Capture.objects.exists()


@pytest.mark.parametrize("harm", [b"crash", b"swell"])
def test_a_photograph_that_brings_the_decoder_down_is_refused_and_the_next_one_kept(browser, harmful, harm):
    """The web process lives on, and so does everybody else's photograph."""
    response = browser.post(FRONT, {"photo": upload(harm)})
    assert response.status_code == 422
    assert summary(response.content.decode()).endswith(str(sentence("undecodable")))
    assert not Capture.objects.exists()
    assert browser.post(FRONT, {"photo": upload(jpeg())}).status_code == 302
    assert Capture.objects.count() == 1


def test_nothing_chosen_is_said(browser):
    """The field is named."""
    response = browser.post("/register/document/back", {})
    assert response.status_code == 422
    assert "ID card, emblem side" in summary(response.content.decode())
    assert 'href="#back_photo"' in response.content.decode()


@pytest.mark.parametrize("content", [heic(), jpeg()], ids=["heic", "jpeg"])
def test_what_telephones_send_is_taken(browser, content):
    """HEIC included; once it was decoded, a JPEG of ours is what is kept."""
    assert browser.post(FRONT, {"photo": upload(content, "IMG_1.heic", "image/heic")}).status_code == 302
    assert Image.open(io.BytesIO(kept())).format == "JPEG"


def kept() -> bytes:
    """The only photograph there is, after a worker has decoded it."""
    capture = Capture.objects.get()
    clean_capture(capture)
    return read_file(capture.file)


def test_photograph_lying_on_its_side_is_kept_upright(browser):
    """By its EXIF, which itself is not kept."""
    exif = Image.Exif()
    exif[0x0112] = 6
    browser.post(FRONT, {"photo": upload(jpeg((640, 480), exif=exif))})
    clean = Image.open(io.BytesIO(kept()))
    assert (clean.size, dict(clean.getexif())) == ((480, 640), {})


def test_defect_is_named(browser):
    """P-REG-7: what is wrong, and what to do."""
    take(browser, "front", status=CaptureStatus.REJECTED, findings=("dark", "blur"))
    html = browser.get("/register/document").content.decode()
    assert states(html)["document_front"] == "rejected"
    assert str(sentence("dark")) in html
    assert str(sentence("blur")) in html
    assert 'href="/register/details"' not in html


def test_after_three_refused_photographs_the_person_may_go_on(browser):
    """P-REG-7: nobody is stuck; somebody at the operator looks."""
    take(browser, "back")
    for seed in range(3):
        take(browser, "front", status=CaptureStatus.REJECTED, findings=("blur",), seed=seed)
        html = browser.get("/register/document").content.decode()
        assert ('href="/register/details"' in html) is (seed == 2)
    assert "somebody at the operator will look at it" in html


def test_both_sides_lead_on(browser):
    """A weak photograph will do."""
    take(browser, "front", status=CaptureStatus.WARN, findings=("glare",))
    assert 'href="/register/details"' not in browser.get("/register/document").content.decode()
    take(browser, "back")
    html = browser.get("/register/document").content.decode()
    assert states(html) == {"document_front": "warn", "document_back": "good"}
    assert 'href="/register/details"' in html
    assert "http-equiv" not in html


def test_live_part_tells_a_change_once(browser, application):
    """204 where the page shows it already; else the states of both sides, each in its place."""
    browser.post(FRONT, {"photo": upload(jpeg())})
    page = browser.get("/register/document").content.decode()
    address = page.split('hx-get="')[1].split('"')[0]
    assert browser.get(address, headers={"HX-Request": "true"}).status_code == 204
    look(Capture.objects.get(application=application), CaptureStatus.REJECTED, ("cut_off",))
    part = browser.get(address, headers={"HX-Request": "true"}).content.decode()
    assert states(part) == {"document_front": "rejected", "document_back": "none"}
    assert "hx-get" not in part
    assert "<html" not in part


def test_live_part_of_an_ended_session_takes_the_whole_page_away(browser):
    """Not the consent page inside the document page."""
    browser.session.flush()
    browser.cookies.clear()
    response = browser.get("/register/document/state", headers={"HX-Request": "true"})
    assert response["HX-Redirect"].startswith("/register/consent")


@pytest.mark.parametrize("side", ["middle", "FRONT", "document_front"])
def test_there_are_two_sides(browser, side):
    """Others are not found."""
    assert browser.post(f"/register/document/{side}", {"photo": upload(jpeg())}).status_code == 404


def test_reading_the_address_of_a_side_shows_the_page(browser):
    """As after a change of language on the page of errors."""
    assert browser.get(FRONT)["Location"] == "/register/document"
    assert browser.put(FRONT).status_code == 405
    assert browser.post("/register/document").status_code == 405
