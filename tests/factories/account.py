"""People in their accounts: signed in by the steps that a browser takes."""

import random

from django.test import Client

from realname.access.actor import Actor
from registration.models import Application, Person, PhoneCode, SignIn, SignInAttempt
from registration.services.account.begin_sign_in import look_up_sign_in
from registration.services.phone_digits import digits_of
from tests.factories.registration import activated

CHROME = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Mobile Safari/537.36"


def actor(person: Person, *, device: str = "", ip: str = "") -> Actor:
    """The person in their account."""
    return Actor(kind="person", id=str(person.pk), name="", device=device, ip=ip)


def browser(*, language: str = "en", device: str = "") -> Client:
    """A browser nobody has signed in with."""
    # each from a place of its own, since the bound on a place outlives a test
    place = f"10.{random.randrange(256)}.{random.randrange(256)}.{random.randrange(1, 255)}"
    client = Client(headers={"Accept-Language": language, "User-Agent": CHROME}, REMOTE_ADDR=place)
    if device:
        client.cookies["device"] = device
    return client


def ask_for_code(client: Client, phone: str) -> SignInAttempt:
    """The number is entered, and a worker has looked it up."""
    response = client.post("/account/sign-in", {"phone": phone})
    assert response.status_code == 302, response.content.decode()
    attempt = SignInAttempt.objects.get(pk=client.session["account_attempt"])
    look_up_sign_in(attempt_id=attempt.pk)
    attempt.refresh_from_db()
    return attempt


def digits(attempt: SignInAttempt) -> str:
    """The code that went to the phone; one that is wrong where none went."""
    attempt.refresh_from_db()
    return digits_of(attempt.code_id) if attempt.code_id else "000000"


def signed_in(application: Application | None = None, *, client: Client | None = None, **kwargs) -> Client:
    """A browser whose person, with an active line, has signed in by code; `client.person` is who it is."""
    application = application or activated()
    client = client or browser(**kwargs)
    attempt = ask_for_code(client, application.phone)
    response = client.post("/account/sign-in/code", {"code": digits(attempt)})
    assert (response.status_code, response["Location"]) == (302, "/account/"), response.content.decode()
    application.refresh_from_db()
    client.person, client.application = application.person, application
    return client


def forget_intervals() -> None:
    """As if the codes so far had been asked for an hour ago."""
    from datetime import timedelta

    from django.db.models import F

    SignInAttempt.objects.update(created_at=F("created_at") - timedelta(hours=2))
    PhoneCode.objects.update(created_at=F("created_at") - timedelta(hours=2))


def sign_in_of(client: Client) -> SignIn:
    """The row of the browser's sign-in."""
    return SignIn.objects.get(pk=client.session["account_sign_in"])
