"""What every journey walks with: a real browser, beside the database."""

import pytest
from playwright.sync_api import sync_playwright


@pytest.fixture(autouse=True)
def _database_beside_the_browser(monkeypatch):
    """Playwright keeps an event loop in this thread, where Django's database refuses to work unless told."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


@pytest.fixture
def browser(chromium):
    """The system's Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield browser
        browser.close()
