"""A form is sent once, however often its button is pressed (the server's own guard is tested with the services)."""

import pytest
from django.urls import reverse
from playwright.sync_api import sync_playwright

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def page(chromium, live_server, settings):
    """The stylebook, with the answers to forms held back for a moment."""
    settings.DEVELOPMENT = True
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page()
        page.goto(live_server.url + reverse("ui:stylebook"))
        yield page
        browser.close()


def test_second_press_sends_nothing(page):
    """Two submissions at once make one request, which carries the pressed button's value."""
    sent = []
    page.on("request", lambda request: sent.append(request.post_data) if request.method == "POST" else None)
    with page.expect_navigation():
        page.evaluate("""() => {
            const button = document.querySelector("button[name=type]");
            button.click();
            button.click();
            button.form.requestSubmit(button);
        }""")
    assert len(sent) == 1
    assert "type=large" in sent[0]


def test_button_wakes_when_the_page_is_shown_again(page):
    """Coming back with the back button, the form can be sent again."""
    page.evaluate("""() => {
        addEventListener("submit", (event) => event.preventDefault());
        document.querySelector("button[name=type]").click();
    }""")
    page.wait_for_function("document.querySelector('button[name=type]').disabled")
    page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    assert page.locator("button[name=type]").is_enabled()
