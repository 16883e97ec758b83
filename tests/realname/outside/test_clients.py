"""The clients that settings describe."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from realname.outside.clients import client_for


@pytest.mark.parametrize(
    ("url", "key", "sandbox", "says"),
    [
        ("", "key", False, "http"),
        ("ftp://authority.example", "key", False, "http"),
        ("https://authority.example", "", False, "key"),
        ("http://authority.example", "key", False, "https"),
    ],
)
def test_what_is_not_configured_safely_is_not_asked(settings, url, key, sandbox, says):
    """P-ALL-1: personal data never leaves unencrypted or unsigned."""
    settings.SANDBOX = sandbox

    with pytest.raises(ImproperlyConfigured, match=says):
        client_for("registry", url=url, key=key)


def test_plain_http_is_allowed_on_this_machine_and_to_the_sandbox(settings):
    settings.SANDBOX = False
    client_for("registry", url="http://127.0.0.1:1", key="key")
    settings.SANDBOX = True
    client_for("registry", url="http://sandbox:8090", key="key")


def test_one_client_per_source_and_process():
    first = client_for("registry", url="https://authority.example", key="key")

    assert client_for("registry", url="https://authority.example/", key="key") is first
    assert client_for("registry", url="https://authority.example", key="another") is not first
