"""Lines of an approved use: each with its limits, its device and, where handed on, its user; numbers kept apart (R-19)."""

import pytest
from django.db import IntegrityError, transaction

from realname.access.models import Role
from realname.trail.models import Event
from registration.errors import IotRefused, ReservationRefused
from registration.models import InboxNotice, IotLine, IotUse, Number
from registration.numbers import available_numbers, offers_numbers
from registration.services.iot.activate_lines import Card, activate_iot_lines
from registration.services.iot.end_line import end_iot_line
from registration.services.iot.judge_use import close_iot_use
from registration.services.reserve_number import reserve_number
from registration.services.stock_numbers import stock_numbers
from registration.states import EndReason, IotReason, NumberStatus
from tests.factories import iot as make
from tests.factories import organisation as organisations
from tests.factories import registration as people
from tests.factories.policy import set_value

pytestmark = pytest.mark.django_db


def activate(use: IotUse, *cards: Card) -> list[IotLine]:
    """By its clerk."""
    return activate_iot_lines(actor=make.clerk_of(use.organisation), use_id=use.pk, cards=cards)


def refused(use: IotUse, *cards: Card) -> IotRefused:
    """The refusal; nothing may have changed."""
    before = IotLine.objects.count(), Number.objects.filter(status=NumberStatus.IN_USE).count()
    with pytest.raises(IotRefused) as refusal:
        activate(use, *cards)
    assert (IotLine.objects.count(), Number.objects.filter(status=NumberStatus.IN_USE).count()) == before
    return refusal.value


def test_a_line_carries_every_limit_of_its_use():
    use = make.approved(sms="whitelist", sms_numbers=["10086", "138 0013 8000"])
    device = make.new_imei()
    (number,) = make.stocked(1)
    (line,) = activate(use, Card(imei=device))
    line = IotLine.objects.get(pk=line.pk)
    assert (line.number, line.imei, line.status) == (number, device, "active")
    assert (line.voice, line.voice_numbers, line.sms, line.sms_numbers) == ("none", None, "whitelist", "10086\n13800138000")
    assert (line.apn, line.hosts, line.monthly_megabytes) == ("cmiot.meter", ["data.example.com"], 30)
    assert (line.places, line.tacs, line.binding) == (["440300"], [make.TAC], "device")
    assert Number.objects.get(number=number).status == NumberStatus.IN_USE
    event = Event.objects.get(name="iot_line.activated")
    assert number not in str(event.data) and device not in str(event.data) and "13800138000" not in str(event.data)


def test_from_high_risk_on_neither_voice_nor_messages_are_granted():
    use = make.approved(voice="whitelist", voice_numbers=["13800138000"], scene="wearable", loose_card=True)
    line = make.activated(use)
    assert use.level == "high"
    assert (line.voice, line.voice_numbers, line.sms, line.apn) == ("none", None, "none", "cmiot.meter")


def test_words_that_look_like_somebodys_number_stop_nothing():
    line = make.activated(
        make.approved(hosts=["13800138000.example.com"], apn="13800138000", sms="whitelist", sms_numbers=["1069012345678"])
    )
    assert (line.hosts, line.apn, line.sms_numbers) == (["13800138000.example.com"], "13800138000", "1069012345678")
    assert "13800138000" not in str(Event.objects.get(name="iot_line.activated").data)


@pytest.mark.parametrize(
    ("field", "value"),
    [("places", []), ("tacs", []), ("imei", None), ("sms", "whitelist"), ("apn", ""), ("monthly_megabytes", 0), ("resold", True)],
)
def test_the_database_holds_no_line_without_a_limit(field, value):
    line = make.activated()
    setattr(line, field, value)
    with pytest.raises(IntegrityError), transaction.atomic():
        line.save()


def test_only_approved_uses_of_approved_organisations_get_lines():
    make.stocked(5)
    assert refused(make.asked(), Card(imei=make.new_imei())).code == "iot_use_closed"
    closed = make.approved()
    close_iot_use(actor=organisations.actor(Role.REVIEWER), use_id=closed.pk, reason=IotReason.NOT_NEEDED)
    assert refused(closed, Card(imei=make.new_imei())).code == "iot_use_closed"
    use = make.approved()
    organisations.suspended(use.organisation)
    assert refused(use, Card(imei=make.new_imei())).code == "iot_organisation"


def test_other_clerks_uses_do_not_exist():
    use = make.approved()
    with pytest.raises(IotUse.DoesNotExist):
        activate_iot_lines(actor=organisations.actor(), use_id=use.pk, cards=[Card(imei=make.new_imei())])
    with pytest.raises(IotRefused):
        activate_iot_lines(actor=organisations.actor(Role.REVIEWER), use_id=use.pk, cards=[Card(imei=make.new_imei())])


def test_quantity_limits_hold_and_an_ended_line_frees_its_place():
    use = make.approved(quantity=2)
    make.stocked(5)
    cards = [Card(imei=make.new_imei()) for _ in range(3)]
    assert refused(use, *cards).code == "iot_use_full"
    lines = activate(use, *cards[:2])
    assert refused(use, cards[2]).code == "iot_use_full"
    end_iot_line(actor=make.clerk_of(use.organisation), line_id=lines[0].pk, reason=EndReason.HOLDER)
    activate(use, cards[2])
    set_value(key="registration.iot_lines", value=2)
    assert refused(make.approved(use.organisation, quantity=1), Card(imei=make.new_imei())).code == "iot_organisation_full"


def test_a_device_has_one_line_in_use_whoever_holds_it():
    device = make.new_imei()
    first, second = make.approved(), make.approved()
    make.stocked(5)
    (line,) = activate(first, Card(imei=device))
    assert refused(second, Card(imei=make.new_imei()), Card(imei=device)).code == "iot_imei_taken"
    end_iot_line(actor=make.clerk_of(first.organisation), line_id=line.pk, reason=EndReason.HOLDER)
    activate(second, Card(imei=device))


def test_cards_of_the_list():
    use, device = make.approved(), make.new_imei()
    make.stocked(5)
    assert refused(use).code == "iot_cards_none"
    assert refused(use, *[Card()] * 201).code == "iot_cards_none"
    refusal = refused(use, Card(imei=device), Card())
    assert (refusal.code, refusal.row) == ("iot_card_form", 2)
    refusal = refused(use, Card(imei=device), Card(imei=device))
    assert (refusal.code, refusal.row) == ("iot_imei_listed_twice", 2)
    assert refused(use, Card(imei=make.new_imei("35000000"))).code == "iot_imei_model"
    assert refused(use, Card(imei=device, code=organisations.new_code())).code == "iot_card_form"
    refusal = refused(use, Card(imei=device), Card(imei=device[:14] + str((int(device[14]) + 1) % 10)))
    assert (refusal.code, refusal.row) == ("iot_imei", 2)


def test_a_use_bound_to_models_needs_no_device():
    use = make.approved(binding="model")
    line = make.activated(use, Card())
    assert (line.binding, line.imei, line.imei_index) == ("model", None, None)
    assert refused(use, Card(imei=make.new_imei())).code == "iot_card_form"


def test_without_numbers_for_devices_in_stock_nothing_is_activated():
    use = make.approved()
    stock_numbers(actor=organisations.actor(Role.ADMINISTRATOR), numbers=[people.new_phone()])
    assert refused(use, Card(imei=make.new_imei())).code == "iot_numbers_none"


# resale


def test_a_line_handed_on_names_its_user_and_tells_them():
    application = people.activated()
    other = organisations.approved()
    use = make.approved(resold=True)
    make.stocked(5)
    assert refused(use, Card(imei=make.new_imei())).code == "iot_card_form"
    person = {"reference": application.reference, "last_six": application.id_number[-6:]}
    assert refused(use, Card(imei=make.new_imei(), code=other.credit_code, **person)).code == "iot_card_form"
    to_person, to_organisation = activate(
        use, Card(imei=make.new_imei(), **person), Card(imei=make.new_imei(), code=other.credit_code)
    )  # fmt: skip
    assert (to_person.end_person_id, to_person.end_organisation) == (application.line.person_id, None)
    assert (to_organisation.end_person, to_organisation.end_organisation_id) == (None, other.pk)
    assert InboxNotice.objects.get(kind="iot_user").person_id == application.line.person_id


def test_an_unknown_user_is_refused_in_one_sentence_and_guesses_are_counted():
    application, draft = people.activated(), people.complete()
    use = make.approved(resold=True)
    make.stocked(5)
    cases = [
        {"reference": application.reference, "last_six": "000000"},
        {"reference": draft.reference, "last_six": draft.id_number[-6:]},
        {"reference": "NOBODY", "last_six": "000000"},
        {"code": organisations.new_code()},
        {"code": organisations.pending().credit_code},
        {"code": "nonsense"},
    ]
    for case in cases:
        refusal = refused(use, Card(imei=make.new_imei(), **case))
        assert (refusal.code, refusal.row) == ("iot_end_user", 1)
    application.refresh_from_db()
    assert application.resume_attempts == 1


# numbers


def test_people_and_things_do_not_share_numbers():
    (of_thing,) = make.stocked(1)
    assert not offers_numbers() and available_numbers() == []
    draft = people.drafted()
    with pytest.raises(ReservationRefused):
        reserve_number(actor=people.person_actor(draft), application_id=draft.pk, number=of_thing)
    assert Number.objects.get(number=of_thing).status == NumberStatus.AVAILABLE


@pytest.mark.parametrize(("number", "of_things"), [("1440012345678", False), ("14812345678", False), ("13800138001", True)])
def test_the_database_keeps_the_ranges_apart(number, of_things):
    with pytest.raises(IntegrityError), transaction.atomic():
        Number.objects.create(number=number, mirrored=number[::-1], pattern="plain", has_four=True, of_things=of_things)


def test_an_ended_line_lets_its_number_rest():
    line = make.activated()
    clerk = make.clerk_of(line.organisation)
    with pytest.raises(IotLine.DoesNotExist):
        end_iot_line(actor=organisations.actor(), line_id=line.pk, reason=EndReason.HOLDER)
    for _twice in range(2):
        assert end_iot_line(actor=clerk, line_id=line.pk, reason=EndReason.HOLDER).status == "terminated"
    assert Number.objects.get(number=line.number).status == NumberStatus.QUARANTINE
    assert Event.objects.filter(name="iot_line.terminated").count() == 1
