"""An applicant's way through the pages, as a person with a phone would go it."""

import json
import re
import time
from collections.abc import Callable
from urllib.parse import urlencode

import httpx

from demo.applicants import Applicant
from demo.browser import Browser, PageRefused, mark
from demo.statement import statement_video

Say = Callable[[str], None]
# how long a worker may take for the first look at a photograph, and for all checks
LOOK, VERIFY = 90, 180
# how often the movements are tried
MOVES = 3
FINAL = {"activated", "rejected", "in_review", "needs_resubmission"}


class WalkFailed(Exception):
    """The way ended before the application was decided."""


def walk(applicant: Applicant, *, phone: str, base_url: str, sandbox_url: str, say: Say) -> str:
    """Register `phone` for the applicant; answers the application's reference once it is submitted. Raises WalkFailed."""
    browser = Browser(base_url)
    try:
        _consent(browser, applicant)
        _prove_phone(browser, applicant, phone, sandbox_url)
        if mark(browser.get("/register/status"), "reference"):
            say("resumed")
            return mark(browser.get("/register/status"), "reference")
        say("phone proven")
        if applicant.wish:
            say(f"new number {_choose_number(browser, applicant.wish)}")
        _photograph_card(browser, applicant, say)
        _details(browser, applicant)
        _person(browser, applicant, say)
        browser.submit("/register/review", "/register/submit")
        return mark(browser.get("/register/status"), "reference")
    except (httpx.HTTPError, PageRefused, TimeoutError) as error:
        raise WalkFailed(f"{applicant.key}: {error}") from error
    finally:
        browser.close()


def _consent(browser: Browser, applicant: Applicant) -> None:
    agreed = {"terms": "on", "identity": "on"}
    choice = {"path": "face_free", "statement_way": "video"} if applicant.face_free else {"path": "face", "face": "on"}
    browser.submit("/register/consent", "/register/consent", {**agreed, **choice})


def _prove_phone(browser: Browser, applicant: Applicant, phone: str, sandbox_url: str) -> None:
    began = time.time()
    browser.submit("/register/phone", "/register/phone", {"phone": phone})
    code = _wait(lambda: _newest_code(sandbox_url, phone, since=began), 60, "the code")
    if browser.submit("/register/code", "/register/code", {"code": code}) == "/register/resume":
        browser.submit("/register/resume", "/register/resume", {"last_six": applicant.details()["id_number"][-6:]})


def _newest_code(sandbox_url: str, phone: str, *, since: float) -> str:
    """The digits of the newest message to this phone that came after `since` (seconds since 1970)."""
    messages = httpx.get(f"{sandbox_url}/inbox", params={"phone": phone}, timeout=10).json()["messages"]
    fresh = [message for message in messages if message["received_at"] >= since - 1]
    newest = max(fresh, key=lambda message: message["received_at"], default=None)
    found = re.search(r"\b(\d{6})\b", newest["text"]) if newest else None
    return found.group(1) if found else ""


def _choose_number(browser: Browser, wish: dict[str, str]) -> str:
    """Look through the stock and take the first that nobody else takes meanwhile."""
    page = f"/register/number/browse?{urlencode(wish)}"
    for number in re.findall(r'name="number" value="(\d+)"', browser.get(page)):
        if browser.submit(page, "/register/number/reserve", {"number": number}) == "/register/number":
            return mark(browser.get("/register/number"), "number-kept")
    raise PageRefused(page, 200, "no number to choose")


def _photograph_card(browser: Browser, applicant: Applicant, say: Say) -> None:
    for side, picture in (("front", applicant.front()), ("back", applicant.back())):
        # a person whose photograph is refused tries again; after three tries a reviewer looks (P-REG-7)
        for attempt in range(1, 4):
            browser.submit(
                "/register/document", f"/register/document/{side}", files={"photo": (f"{side}{attempt}.jpg", _again(picture, attempt))}
            )
            state = _wait_for_look(browser, "/register/document", f"document_{side}")
            say(f"card {side}: {state}")
            if state != "rejected":
                break


def _again(jpeg: bytes, attempt: int) -> bytes:
    """Another photograph of the same thing: not the same bytes."""
    return jpeg if attempt == 1 else _reencoded(jpeg, quality=90 - attempt)


def _reencoded(jpeg: bytes, *, quality: int) -> bytes:
    import io

    from PIL import Image

    out = io.BytesIO()
    Image.open(io.BytesIO(jpeg)).save(out, "JPEG", quality=quality)
    return out.getvalue()


def _details(browser: Browser, applicant: Applicant) -> None:
    try:
        browser.submit("/register/details", "/register/details", applicant.details())
    except PageRefused:
        # the form says that the number is not valid, or the card expired; this person's card really shows it
        insisting = {"number_as_printed": "on", "dates_as_printed": "on"}
        browser.submit("/register/details", "/register/details", {**applicant.details(), **insisting})


def _person(browser: Browser, applicant: Applicant, say: Say) -> None:
    if applicant.face_free:
        browser.submit("/register/statement", "/register/statement", files={"video": ("statement.mp4", statement_video())})
        return
    selfie = applicant.selfie_jpeg()
    for attempt in range(1, 4):
        browser.submit("/register/selfie", "/register/selfie", files={"photo": (f"selfie{attempt}.jpg", _again(selfie, attempt))})
        state = _wait_for_look(browser, "/register/selfie", "selfie")
        say(f"selfie: {state}")
        if state != "rejected":
            break
    _move(browser, applicant, say)


def _move(browser: Browser, applicant: Applicant, say: Say) -> None:
    """Do before the camera what is asked for, as the page's script would film and send it; refused, do what is asked next."""
    for attempt in range(MOVES):
        asked = browser.ask("/register/challenge", "/register/challenge/start")
        if not asked:
            return  # compliance wants no movements
        began = time.monotonic()
        film = applicant.film(asked["steps"], asked["schedule"])
        # a film takes as long as it lasts
        time.sleep(max(0.0, film[-1][0] / 1000 - (time.monotonic() - began)))
        data = {
            "challenge": asked["challenge"],
            "times": json.dumps([milliseconds for milliseconds, _ in film]),
            "sizes": json.dumps([len(picture) for _, picture in film]),
        }
        burst = b"".join(picture for _, picture in film)
        try:
            browser.submit("/register/challenge", "/register/challenge", data, files={"video": ("burst", burst)})
        except PageRefused as refusal:
            # many films at once: the page asks to film again in a few seconds, as a person then does
            if refusal.status != httpx.codes.SERVICE_UNAVAILABLE or attempt == MOVES - 1:
                raise
            time.sleep(3)
            continue
        state = _wait_for_look(browser, "/register/challenge", "challenge")
        say(f"movements {', '.join(asked['steps'])}: {state}")
        if state != "rejected":
            return


def _wait_for_look(browser: Browser, page: str, capture: str) -> str:
    def looked() -> str:
        state = mark(browser.get(page), "state", capture=capture)
        return "" if state in {"", "none", "pending"} else state

    return _wait(looked, LOOK, f"the look at {capture}")


def _wait(question: Callable[[], str], seconds: float, what: str) -> str:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if answer := question():
            return answer
        time.sleep(0.3)
    raise TimeoutError(f"{what} did not come within {seconds:.0f} s")
