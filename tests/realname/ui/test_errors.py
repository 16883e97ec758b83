"""What went wrong is said in the page's language, with a way on."""

import pytest
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.template.loader import get_template
from django.test import Client, RequestFactory
from django.urls import reverse

from realname.ui import errors


@pytest.mark.parametrize(
    ("view", "exception", "status"),
    [
        (errors.bad_request, SuspiciousOperation("x"), 400),
        (errors.bad_request, RequestDataTooBig("x"), 413),
        (errors.forbidden, PermissionDenied("secret reason"), 403),
        (errors.not_found, Exception("secret path"), 404),
    ],
)
def test_page_for_each_status(rf: RequestFactory, view, exception, status):
    """A heading and a link; nothing of the exception."""
    response = view(rf.get("/somewhere"), exception)
    html = response.content.decode()
    assert response.status_code == status
    assert html.count("<h1>") == 1
    assert 'class="button" href="/' in html
    assert "secret" not in html


def test_unknown_address_is_answered_by_our_page(client):
    """The handlers are wired."""
    response = client.get("/no-such-page")
    assert response.status_code == 404
    assert "error" not in response.content.decode().split("<title>")[1].split("</title>")[0].lower()
    assert b'id="main"' in response.content


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_page_names_its_language(client, language):
    """Screen readers choose their voice by it."""
    html = client.get("/no-such-page", headers={"accept-language": language}).content.decode()
    assert f'<html lang="{language}"' in html


def test_chinese_comes_first(client):
    """Who asks for no language, or for one we lack, reads Chinese."""
    for headers in ({}, {"accept-language": "fr"}):
        assert '<html lang="zh-hans"' in client.get("/no-such-page", headers=headers).content.decode()


def test_failure_page_needs_nothing():
    """It is drawn without request, context or database, in both languages."""
    html = get_template("errors/500.html").render()
    assert "系统出错了" in html
    assert "Our system failed" in html
    assert errors.server_error(None).status_code == 500


def test_expired_form_says_what_to_do():
    """A form without its token: the page it was on can be opened again."""
    url = reverse("ui:larger_type")
    response = Client(enforce_csrf_checks=True).post(url, {"type": "large", "next": "/start"})
    assert response.status_code == 403
    assert 'href="/start"' in response.content.decode()
    assert "type" not in response.cookies
