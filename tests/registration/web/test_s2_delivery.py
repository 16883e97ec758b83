"""The page says where the code is on its way, why it did not arrive, and what to do now (P-PAR-2, P-PAR-3)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from registration.gateways.base import Receipt
from registration.models import Delivery, PhoneCode
from registration.services.note_receipt import note_receipt
from registration.states import Channel, DeliveryStatus, FailureCause
from registration.web.code_standing import CAUSES
from tests.factories import messages as make
from tests.registration.web.sessions import browser_of, summary

pytestmark = pytest.mark.django_db
CALL = "Call me with the code"
SHOP = "A clerk gives you a code on paper there"


@pytest.fixture
def code(monkeypatch) -> PhoneCode:
    """A code the gateway has taken."""
    make.Gateway(monkeypatch)
    code = make.asked()
    make.sent(code)
    return code


def page(code: PhoneCode, language: str = "en") -> str:
    return browser_of(code.application, language=language).get("/register/code").content.decode()


def failed(code: PhoneCode, cause: FailureCause) -> None:
    note_receipt(Receipt("http", make.delivery_of(code).message_ids[0], arrived=False, cause=cause))


def seconds_pass(seconds: int) -> None:
    Delivery.objects.update(created_at=timezone.now() - timedelta(seconds=seconds))


def test_on_its_way_and_then_arrived(code):
    assert "The message is on its way." in page(code)
    note_receipt(Receipt("http", make.delivery_of(code).message_ids[0], arrived=True))
    shown = page(code)
    assert "The network says that the message has arrived." in shown
    assert CALL not in shown
    assert SHOP not in shown


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("cause", FailureCause)
def test_every_cause_is_said_with_what_to_do(code, cause, language):
    from django.utils import translation
    from django.utils.html import escape

    failed(code, cause)
    shown = page(code, language)
    with translation.override(language):
        for sentence in CAUSES[cause]:
            assert escape(str(sentence)) in shown


def test_a_switched_off_phone_is_sent_to_the_shop_not_called(code):
    failed(code, FailureCause.PHONE_UNREACHABLE)
    shown = page(code)
    assert CALL not in shown
    assert SHOP in shown


def test_a_blocked_message_leads_to_a_call_and_then_to_the_shop(code):
    failed(code, FailureCause.PHONE_BLOCKS)
    browser = browser_of(code.application)
    assert CALL in page(code)
    assert browser.post("/register/code/call").url == "/register/code"
    assert "Your phone will ring in a moment." in page(code)
    delivery = make.sent(code, Channel.VOICE)
    note_receipt(Receipt("http_voice", delivery.message_ids[0], arrived=False, cause=FailureCause.NO_ANSWER))
    shown = page(code)
    assert "Nobody answered the call." in shown
    assert CALL not in shown
    assert SHOP in shown


def test_silence_is_said_and_a_call_offered(code):
    seconds_pass(31)
    shown = page(code)
    assert "The network has not told us yet whether the message arrived." in shown
    assert CALL in shown


def test_a_call_that_is_not_offered_is_refused_in_words(code):
    answer = browser_of(code.application).post("/register/code/call")
    assert answer.status_code == 422
    assert "A call can not be made now." in summary(answer.content.decode())
    assert not Delivery.objects.filter(channel=Channel.VOICE).exists()


def test_our_trouble_is_called_ours(monkeypatch):
    """P-VER-6."""
    gateway = make.Gateway(monkeypatch)
    gateway.answer = make.SILENT
    code = make.asked()
    make.sent(code)
    assert "The message has not gone out yet" in page(code)
    Delivery.objects.update(status=DeliveryStatus.UNCONFIRMED)
    assert "We do not know whether the message went out" in page(code)


def test_the_part_that_renews_itself_is_silent_while_nothing_changes(code):
    browser = browser_of(code.application)
    seen = browser.get("/register/code/state").context["seen"]
    again = browser.get(f"/register/code/state?seen={seen}", headers={"HX-Request": "true"})
    assert again.status_code == 204
    failed(code, FailureCause.PHONE_BLOCKS)
    changed = browser.get(f"/register/code/state?seen={seen}", headers={"HX-Request": "true"})
    assert "blocks such messages" in changed.content.decode()


def test_a_browser_without_this_application_sees_nothing(client, code):
    for answer in (client.get("/register/code/state"), client.post("/register/code/call")):
        assert answer.status_code == 302
        assert "/register/consent" in answer.url
