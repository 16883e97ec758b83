"""Demo staff: known passwords, so development machines only."""

import io

import pytest
from django.core.management import CommandError, call_command
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice

from realname.access.management.commands.demo_staff import ACCOUNTS, key_of, password_of
from realname.access.models import Staff

pytestmark = pytest.mark.django_db


def run(*args: str) -> str:
    out = io.StringIO()
    call_command("demo_staff", *args, stdout=out)
    return out.getvalue()


def test_makes_every_account_once(settings):
    """A second run changes nothing."""
    settings.DEVELOPMENT = True
    run()
    before = list(Staff.objects.order_by("username").values_list("pk", "password", "role"))
    run()
    assert list(Staff.objects.order_by("username").values_list("pk", "password", "role")) == before
    assert len(before) == len(ACCOUNTS) == TOTPDevice.objects.filter(confirmed=True).count()


def test_prints_how_to_sign_in(settings):
    """The table holds what the form asks for; `--codes` makes nothing."""
    settings.DEVELOPMENT = True
    out = run("--codes")
    assert not Staff.objects.exists()
    for username, *_ in ACCOUNTS:
        assert password_of(username) in out
    assert any(f"{totp(key_of('reviewer'), drift=drift):06d}" in out for drift in (0, -1))


def test_refuses_where_persons_could_be_real(settings):
    """Nothing is made."""
    settings.DEVELOPMENT = False
    with pytest.raises(CommandError):
        run()
    assert not Staff.objects.exists()
