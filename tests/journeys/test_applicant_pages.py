"""The applicant's pages in a real browser, from the card to the status: on a phone of 360 px and on a desk, in both languages."""

import pytest
from playwright.sync_api import Page, sync_playwright

from realname.vault.files import read_file
from registration import bursts
from registration.models import Capture, Challenge
from registration.states import CaptureStatus, ChallengeStep
from tests.registration.web.sessions import browser_of, entered, jpeg, look, proven, take, upload

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
FAKE_CAMERA = ["--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream"]
SIZES = {"phone": (360, 780), "desk": (1440, 900)}

# every control has a name that a screen reader can say
UNNAMED = """() => [...document.querySelectorAll("main :is(input:not([type=hidden]), select, textarea, button, a)")]
  .filter((one) => one.checkVisibility() && one.getAttribute("aria-hidden") !== "true")
  .filter((one) => !(one.labels?.length || one.textContent.trim() || one.getAttribute("aria-label")))
  .map((one) => one.outerHTML)"""
LOW = """() => [...document.querySelectorAll("main :is(.button, summary, .choice, select, textarea, input)")]
  .filter((one) => !["hidden", "checkbox", "radio", "file"].includes(one.type))
  .filter((one) => one.checkVisibility() && one.getBoundingClientRect().height < 44)
  .map((one) => one.outerHTML)"""


def opened(browser, live_server, application, path: str, *, size: str = "phone", language: str = "en-GB", **options) -> Page:
    """A page of the application's own session; what the browser complains of is kept in `complaints`."""
    width, height = SIZES[size]
    context = browser.new_context(viewport={"width": width, "height": height}, locale=language, **options)
    session = browser_of(application).cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    page = context.new_page()
    page.complaints = []
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.on("console", lambda message: page.complaints.append(message.text) if "Security Policy" in message.text else None)
    page.goto(live_server.url + path)
    return page


def judge(page: Page) -> None:
    """No side scroll in any type size, every control named and tall enough, one main heading, nothing the CSP stopped."""
    for _ in ("three sizes", "of", "type"):
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url
        assert page.evaluate(UNNAMED) == []
        assert page.evaluate(LOW) == []
        page.click("button[name=type]")
    assert page.locator("h1").count() == 1
    assert page.complaints == []


def capture_of(application, kind: str) -> Capture:
    return Capture.objects.current().get(application=application, kind=kind)


def send_photograph(page: Page, side: str, path) -> None:
    """Choose a file and press the button that appears then."""
    card = page.locator(f"#{side}")
    button = card.get_by_role("button", name="Send this photograph")
    assert not button.is_visible()
    card.locator("input[type=file]").set_input_files(path)
    button.click()


def type_details(page: Page, typed: dict[str, str]) -> None:
    """Fill the form as a person does."""
    for name, value in typed.items():
        control = page.locator(f"[name={name}]")
        if name == "sex":
            page.check(f"[name=sex][value={value}]")
        elif name == "ethnicity":
            control.select_option(value)
        else:
            control.fill(value)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["zh-CN", "en-GB"])
def test_every_page_can_be_used(browser, live_server, size, language, tmp_path):
    """P-ALL-4: each page of the way as the person meets it."""
    application = proven()
    page = opened(browser, live_server, application, "/register/document", size=size, language=language)
    judge(page)
    for name in ("front", "back"):
        (tmp_path / f"{name}.jpg").write_bytes(jpeg(seed=len(name)))
        page.locator(f"#{name} input[type=file]").set_input_files(tmp_path / f"{name}.jpg")
        page.locator(f"#{name} form .capture-send button").click()
        page.wait_for_selector(f'[data-capture="document_{name}"][data-state="pending"]')
    judge(page)
    look(
        capture_of(application, "document_front"),
        CaptureStatus.WARN,
        ("glare",),
        {"name": {"text": "李四", "confidence": 0.5, "review": True}},
    )
    look(capture_of(application, "document_back"))
    page.goto(live_server.url + "/register/details")
    judge(page)
    page.click("main form .button")
    page.wait_for_selector("[data-errors]")
    judge(page)
    type_details(page, entered())
    page.click("main form .button")
    page.wait_for_url("**/register/selfie")
    judge(page)
    page.set_input_files("input[type=file]", tmp_path / "front.jpg")
    page.click(".capture-send button")
    page.wait_for_selector('[data-capture="selfie"][data-state="pending"]')
    page.goto(live_server.url + "/register/challenge")
    judge(page)
    page.evaluate("document.querySelector('[data-challenge-begin]').submit()")
    page.wait_for_selector("[data-step]")
    judge(page)
    (tmp_path / "film.mp4").write_bytes(b"\x00\x00\x00\x18ftypisom" + bytes(500))
    page.set_input_files("input[type=file]", tmp_path / "film.mp4")
    page.click("[data-challenge-film] button")
    page.wait_for_selector('[data-capture="challenge"][data-state="pending"]')
    judge(page)
    page.goto(live_server.url + "/register/review")
    judge(page)
    page.locator('form[action="/register/submit"] button').click()
    page.wait_for_url("**/register/status")
    assert page.get_attribute("[data-application-status]", "data-application-status") == "submitted"
    judge(page)


def test_page_hears_of_a_defect_while_the_person_waits(browser, live_server, tmp_path):
    """P-REG-7: the state renews itself in its place; what the person does on the other side is not disturbed."""
    application = proven()
    (tmp_path / "card.jpg").write_bytes(jpeg())
    page = opened(browser, live_server, application, "/register/document")
    send_photograph(page, "front", tmp_path / "card.jpg")
    page.wait_for_selector('[data-capture="document_front"][data-state="pending"]')
    page.locator("#back input[type=file]").set_input_files(tmp_path / "card.jpg")
    look(capture_of(application, "document_front"), CaptureStatus.REJECTED, ("dark",))
    page.wait_for_selector('#front [data-state="rejected"]', timeout=10_000)
    assert "too dark" in page.inner_text("#front")
    assert page.evaluate("document.querySelector('#back input[type=file]').files.length") == 1


def test_details_are_entered_by_keyboard_alone(browser, live_server):
    """Tab and space reach everything; the summary of errors has the focus and leads to the field."""
    application = proven()
    for kind in ("front", "back"):
        take(browser_of(application), kind)
    page = opened(browser, live_server, application, "/register/details", size="desk")
    page.focus("[name=name]")
    reached = []
    for _ in range(30):
        reached.append(page.evaluate("document.activeElement.name || document.activeElement.textContent.trim()"))
        page.keyboard.press("Tab")
    wanted = [
        "name",
        "sex",
        "ethnicity",
        "birth_year",
        "id_number",
        "address",
        "valid_to_day",
        "valid_long_term",
        "email",
        "These are my details",
    ]
    assert [name for name in dict.fromkeys(reached) if name in wanted] == wanted
    page.focus("main form .button")
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-errors]")
    assert page.evaluate("document.activeElement.hasAttribute('data-errors')")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#id_name"


def test_movements_are_filmed_as_they_are_asked_for(chromium, live_server):
    """With a camera: each step large on the screen when it is due, then one burst of pictures goes up with its times."""
    application = proven()
    session = browser_of(application)
    take(session, "front")
    take(session, "back")
    session.post("/register/details", entered())
    session.post("/register/selfie", {"photo": upload(jpeg())})
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", *FAKE_CAMERA])
        page = opened(launched, live_server, application, "/register/challenge")
        page.get_by_role("button", name="Begin").click()
        page.locator("[data-challenge-step]", has_text="Look straight at the camera").wait_for()
        challenge = Challenge.objects.get()
        for step in challenge.steps:
            page.locator("[data-challenge-step]", has_text=str(ChallengeStep(step).label)).wait_for()
        page.wait_for_selector('[data-capture="challenge"][data-state="pending"]', timeout=20_000)
        assert page.complaints == []
        launched.close()
    times = [time for time, _ in bursts.unpack(read_file(capture_of(application, "challenge").file))]
    assert times == sorted(set(times))
    assert times[0] < 200
    assert challenge.schedule[-1] - 1500 < times[-1] <= challenge.schedule[-1]
    assert len(times) > 20


def test_the_way_can_be_gone_without_javascript(browser, live_server, tmp_path):
    """P-ALL-4: plain forms; the page of a waiting photograph reloads itself."""
    application = proven()
    (tmp_path / "card.jpg").write_bytes(jpeg())
    page = opened(browser, live_server, application, "/register/document", java_script_enabled=False)
    for side in ("front", "back"):
        page.locator(f"#{side} input[type=file]").set_input_files(tmp_path / "card.jpg")
        page.locator(f"#{side} .capture-send button").click()
        page.wait_for_selector(f'[data-capture="document_{side}"][data-state="pending"]')
    look(capture_of(application, "document_front"))
    look(capture_of(application, "document_back"))
    page.wait_for_selector('[data-capture="document_back"][data-state="good"]', timeout=15_000)
    page.get_by_role("link", name="Continue").click()
    type_details(page, entered())
    page.click("main form .button")
    page.wait_for_url("**/register/selfie")
    assert page.locator("input[type=file]").is_visible()
    page.set_input_files("input[type=file]", tmp_path / "card.jpg")
    page.get_by_role("button", name="Send this photograph").click()
    page.get_by_role("link", name="Continue").click()
    page.get_by_role("button", name="Begin").click()
    page.wait_for_selector("[data-step]")
    (tmp_path / "film.mp4").write_bytes(b"\x00\x00\x00\x18ftypisom" + bytes(500))
    page.set_input_files("input[type=file]", tmp_path / "film.mp4")
    page.get_by_role("button", name="Send this video").click()
    page.wait_for_selector('[data-capture="challenge"][data-state="pending"]')
