"""P-PAR-2, P-PAR-3: where the message fails or nobody hears of it, the same digits are read by a call."""

from datetime import timedelta

import pytest
from django.utils import timezone

from realname.trail.models import Event
from registration import tasks
from registration.errors import CodeRefused
from registration.gateways.base import Receipt
from registration.models import Application, Delivery, PhoneCode
from registration.selectors import call_offered
from registration.services.call_with_code import call_with_code
from registration.services.note_receipt import note_receipt
from registration.services.phone_digits import digits_of
from registration.services.prove_phone import prove_phone
from registration.states import Channel, DeliveryStatus, FailureCause
from tests.factories import messages as make
from tests.factories import registration
from tests.factories.policy import set_value

pytestmark = pytest.mark.django_db


@pytest.fixture
def gateway(monkeypatch):
    return make.Gateway(monkeypatch)


@pytest.fixture
def code(gateway) -> PhoneCode:
    """A code the gateway has taken."""
    code = make.asked()
    make.sent(code)
    return code


def seconds_pass(code: PhoneCode, seconds: int) -> None:
    past = timezone.now() - timedelta(seconds=seconds)
    Delivery.objects.filter(about=code.pk).update(created_at=past, accepted_at=past)


def call(application: Application) -> Delivery:
    return call_with_code(actor=registration.person_actor(application), application_id=application.pk)


def failed(code: PhoneCode, cause: FailureCause) -> None:
    note_receipt(Receipt("http", make.delivery_of(code).message_ids[0], arrived=False, cause=cause))


def test_a_call_reads_the_same_digits_one_by_one_and_they_are_accepted(gateway, code):
    seconds_pass(code, 31)
    call(code.application)
    make.sent(code, Channel.VOICE)
    channel, message, _key = gateway.sent[-1]
    assert (channel, message.to) == (Channel.VOICE, code.phone)
    assert ", ".join(digits_of(code.pk)) in message.text
    assert Event.objects.get(name="phone_code.called").subject_id == str(code.application_id)
    actor = registration.person_actor(code.application)
    assert prove_phone(actor=actor, application_id=code.application_id, entered=digits_of(code.pk)).phone_proven_at


def test_a_call_asked_for_again_is_the_same_call(gateway, code):
    seconds_pass(code, 31)
    call(code.application)
    with pytest.raises(CodeRefused, match="no_call"):
        call(code.application)
    assert Delivery.objects.filter(channel=Channel.VOICE).count() == 1
    assert Event.objects.filter(name="phone_code.called").count() == 1


def test_before_the_message_is_overdue_nobody_is_called(code):
    seconds_pass(code, 25)
    with pytest.raises(CodeRefused, match="no_call"):
        call(code.application)
    assert not Delivery.objects.filter(channel=Channel.VOICE).exists()


@pytest.mark.parametrize("cause", FailureCause)
def test_a_failed_message_leads_to_a_call_where_one_may_help(code, cause):
    failed(code, cause)
    assert call_offered(code) == (cause not in {"NUMBER_INACTIVE", "NUMBER_INVALID", "PHONE_UNREACHABLE"})


def test_where_nobody_can_call_none_is_offered(code, settings):
    settings.VOICE_GATEWAYS = []
    seconds_pass(code, 31)
    assert not call_offered(code)


def test_a_code_that_is_over_is_not_read_to_anybody(code):
    seconds_pass(code, 31)
    PhoneCode.objects.filter(pk=code.pk).update(expires_at=timezone.now())
    with pytest.raises(CodeRefused, match="no_call"):
        call(code.application)


def test_another_persons_code_does_not_exist(code):
    stranger = registration.person_actor(registration.started())
    with pytest.raises(Application.DoesNotExist):
        call_with_code(actor=stranger, application_id=code.application_id)


@pytest.mark.parametrize("automatic", [True, False])
def test_policy_says_whether_a_call_goes_by_itself(code, automatic):
    set_value(key="registration.code_fallback", value="automatic" if automatic else "offered", note="test")
    failed(code, FailureCause.PHONE_BLOCKS)
    assert Delivery.objects.filter(channel=Channel.VOICE).count() == automatic


def test_a_switched_off_phone_is_not_called_by_itself(code):
    set_value(key="registration.code_fallback", value="automatic", note="test")
    failed(code, FailureCause.PHONE_UNREACHABLE)
    assert not Delivery.objects.filter(channel=Channel.VOICE).exists()


def test_silence_is_called_for_by_itself_once(gateway, code):
    set_value(key="registration.code_fallback", value="automatic", note="test")
    assert tasks.call_for_silent_codes() == 0
    seconds_pass(code, 31)
    assert tasks.call_for_silent_codes() == 1
    assert tasks.call_for_silent_codes() == 0
    make.sent(code, Channel.VOICE)
    assert [channel for channel, _message, _key in gateway.sent] == [Channel.SMS, Channel.VOICE]


def test_a_call_that_fails_calls_no_more(gateway, code):
    set_value(key="registration.code_fallback", value="automatic", note="test")
    failed(code, FailureCause.PHONE_BLOCKS)
    gateway.answer = make.OUR_FAULT
    assert make.sent(code, Channel.VOICE).status == DeliveryStatus.FAILED
    assert Delivery.objects.count() == 2
