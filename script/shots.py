"""Screenshots of the running system for the README: an applicant's way on a phone, and the desk.

`script/shots` starts it against a running demo. No page with a face on it is kept: faces are not committed.
"""

import argparse
import os
import re
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
from django_otp.oath import totp
from playwright.sync_api import Browser, Page, sync_playwright

from demo.applicants import Applicant, applicants
from realname.access.demo_accounts import key_of, password_of

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1360, "height": 850}
DESK_PAGES = {
    "reviewer": {"desk-queue": "/admin/verification/review/"},
    "compliance": {"desk-kpis": "/admin/monitoring/kpis/", "desk-trail": "/admin/trail/event/"},
}
# Chromium as the system has it; --no-sandbox because containers and root have no user namespaces
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--force-color-profile=srgb"]


def main() -> int:
    """Walk with a browser and keep a picture of each page."""
    parser = argparse.ArgumentParser(prog="script/shots", description=__doc__)
    parser.add_argument("--base-url", default="http://127.0.0.1:8000", help="where the running demo listens")
    parser.add_argument("--sandbox-url", default="http://127.0.0.1:8090", help="where its sandbox listens")
    parser.add_argument("--chromium", default=os.environ.get("CHROMIUM", "/usr/bin/chromium"), help="the browser")
    parser.add_argument("--out", type=Path, default=Path("docs/pictures"), help="folder for the pictures")
    parser.add_argument("--language", default="zh-hans", choices=["zh-hans", "en"])
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    applicant = next(person for person in applicants(run=os.getpid() % 10_000) if person.key == "clean")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=options.chromium, args=ARGUMENTS)
        httpx.post(f"{options.sandbox_url}/identities", json={"name": applicant.card.name, "id_number": applicant.card.id_number})
        walk_on_a_phone(browser, applicant, options)
        visit_the_desk(browser, options)
        browser.close()
    return 0


def walk_on_a_phone(browser: Browser, applicant: Applicant, options: argparse.Namespace) -> None:
    """The applicant's pages, from the first to the result."""
    with _page(browser, PHONE, options) as (page, keep), tempfile.TemporaryDirectory() as folder:
        page.goto("/")
        keep("start")
        page.click("main .actions a.button")
        keep("consent")
        for name in ("terms", "identity", "face"):
            page.check(f"input[name={name}]")
        page.check("input[name=path][value=face]")
        page.click("main form button.button")
        page.fill("input[name=phone]", applicant.phone)
        page.click("main form button.button")
        page.wait_for_selector(".inbox-text")
        keep("code")
        page.fill("input[name=code]", re.search(r"\d{6}", page.inner_text(".inbox-text"))[0])
        page.click("main form button.button")
        keep("document")
        for side, picture in (("front", applicant.front()), ("back", applicant.back())):
            path = Path(folder) / f"{side}.jpg"
            path.write_bytes(picture)
            form = page.locator(f"form[action$='/document/{side}']")
            form.locator("input[type=file]").set_input_files(path)
            form.locator("button[type=submit], button:not([type])").first.click()
        for side in ("front", "back"):
            page.wait_for_selector(
                f"[data-capture=document_{side}][data-state=good], [data-capture=document_{side}][data-state=warn]", timeout=60_000
            )
        keep("document-read")
        page.goto("/register/details")
        keep("details")
        page.click("main form button.button")
        keep("selfie")
        path = Path(folder) / "selfie.jpg"
        path.write_bytes(applicant.selfie_jpeg())
        page.set_input_files("input[type=file]", path)
        page.locator("main form button[type=submit], main form button:not([type])").first.click()
        page.wait_for_selector("[data-capture=selfie][data-state=good], [data-capture=selfie][data-state=warn]", timeout=60_000)
        page.goto("/register/challenge")
        keep("challenge")
        # as somebody without a camera in the browser: the page names the movements and takes a video
        page.evaluate("document.querySelector('[data-challenge-begin]').submit()")
        page.wait_for_selector("[data-step]")
        keep("challenge-asked")
        steps = page.eval_on_selector_all("[data-step]", "all => all.map((one) => one.dataset.step)")
        page.set_input_files("input[type=file]", applicant.film_video(steps, Path(folder) / "film.mp4"))
        page.click("[data-challenge-film] button")
        page.wait_for_selector("[data-capture=challenge][data-state=good]", timeout=60_000)
        page.goto("/register/review")
        keep("review")
        page.locator("form[action$='/submit'] button").first.click()
        keep("status")
        page.wait_for_selector("[data-application-status=activated]", timeout=60_000)
        keep("activated")


def visit_the_desk(browser: Browser, options: argparse.Namespace) -> None:
    """What reviewers and compliance see. The case is shown masked, as it is before anybody states a purpose."""
    for username, pages in DESK_PAGES.items():
        with _page(browser, DESK, options) as (page, keep):
            page.goto("/admin/login/")
            page.fill("input[name=username]", username)
            page.fill("input[name=password]", password_of(username))
            page.fill("input[name=code]", f"{totp(key_of(username)):06d}")
            page.locator("form button[type=submit], form input[type=submit]").first.click()
            page.wait_for_url("**/admin/")
            for name, address in pages.items():
                page.goto(address)
                page.wait_for_load_state()
                keep(name)
                if name == "desk-queue":
                    page.locator("#result_list tbody a, table tbody a").first.click()
                    keep("desk-case")


@contextmanager
def _page(browser: Browser, size: dict, options: argparse.Namespace) -> Iterator[tuple[Page, object]]:
    """A fresh browser session, and a function that keeps a picture of the page as it stands."""
    locale = "zh-CN" if options.language == "zh-hans" else "en-GB"
    context = browser.new_context(base_url=options.base_url, viewport=size, locale=locale, device_scale_factor=2 if size == PHONE else 1)
    page = context.new_page()

    def keep(name: str) -> None:
        page.wait_for_load_state()
        page.screenshot(path=options.out / f"{name}-{options.language}.png", full_page=size == PHONE)

    yield page, keep
    context.close()


if __name__ == "__main__":
    sys.exit(main())
