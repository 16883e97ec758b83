"""What follows from a line of a thing that goes beyond its limits: by policy, told, and lifted by a person (R-19, R-21, R-29)."""

import pytest

from realname.access.models import Role
from realname.trail.dispatch import dispatch
from realname.trail.models import Event
from registration.errors import IotRefused
from registration.models import Delivery, InboxNotice, IotLine
from registration.services.iot.end_line import end_iot_line
from registration.services.iot.note_use import note_use
from registration.services.iot.recheck_line import ask_recheck, lift_iot_line, refuse_recheck
from registration.services.iot.tell_responsible import KIND, StoppedMessage
from registration.states import Channel, EndReason, IotFunction
from risk.services.judge_iot_break import judge_iot_break
from tests.factories import iot as make
from tests.factories import organisation as organisations
from tests.factories import registration as people
from tests.factories.policy import set_value

pytestmark = pytest.mark.django_db
OTHER_DEVICE = {"device": "35000000000001"}
ELSEWHERE = {"region": "110101"}
WHY = "换了一块主板，旧设备已报废"


def broken(line: IotLine, **given) -> IotLine:
    """The network saw it, and the rule has followed up each break."""
    known = set(Event.objects.filter(name="iot_line.limit_broken").values_list("pk", flat=True))
    note_use(make.seen(line, **given))
    for event in Event.objects.filter(name="iot_line.limit_broken").exclude(pk__in=known).order_by("pk"):
        judge_iot_break(event=event)
    return IotLine.objects.select_related("use").get(pk=line.pk)


def stops() -> list[str]:
    """Told of lines that were stopped or lifted."""
    names = ("iot_line.restricted", "iot_line.suspended", "iot_line.lifted")
    return list(Event.objects.filter(name__in=names).order_by("id").values_list("name", flat=True))


@pytest.mark.parametrize(
    ("given", "status", "reason"),
    [
        (OTHER_DEVICE, "suspended", "device_changed"),
        ({"function": IotFunction.VOICE, "peer": "10086", "bytes": 0}, "suspended", "function_not_granted"),
        (ELSEWHERE, "restricted", "outside_place"),
        ({"bytes": 31_000_000}, "restricted", "over_cap"),
        ({**OTHER_DEVICE, **ELSEWHERE}, "suspended", "device_changed"),
        ({}, "active", ""),
    ],
)
def test_each_break_has_its_measure(given, status, reason):
    line = broken(make.activated(), **given)
    assert (line.status, line.stop_reason) == (status, reason)


def test_measures_are_policy():
    set_value(key="risk.iot_misuse.device_changed", value="watch")
    set_value(key="risk.iot_misuse.outside_place", value="suspend")
    line = make.activated()
    for _ in range(4):
        line = broken(line, **OTHER_DEVICE)
    assert line.status == "active"
    assert broken(line, **ELSEWHERE).status == "suspended"


def test_weak_breaks_add_up():
    line = make.activated()
    found = []
    for _ in range(3):
        line = broken(line, **ELSEWHERE)
        found.append(line.status)
    assert found == ["restricted", "restricted", "suspended"]
    assert stops() == ["iot_line.restricted", "iot_line.suspended"]


@pytest.mark.django_db(transaction=True)
def test_the_trail_itself_leads_to_it_and_hearing_twice_is_once():
    line = make.activated()
    note_use(make.seen(line, **OTHER_DEVICE))
    dispatch()
    event = Event.objects.get(name="iot_line.limit_broken")
    assert judge_iot_break(event=event) is False
    line.refresh_from_db()
    assert (line.status, stops()) == ("suspended", ["iot_line.suspended"])


def test_who_answers_for_it_and_who_uses_it_are_told():
    application = people.activated()
    use = make.approved(resold=True)
    user = make.Card(imei=make.new_imei(), reference=application.reference, last_six=application.id_number[-6:])
    line = broken(make.activated(use, user), **OTHER_DEVICE)
    delivery = Delivery.objects.get(kind=KIND)
    assert delivery.about == line.stop_id
    message = StoppedMessage().compose(line.stop_id, Channel.SMS)
    assert message.to == "13800138000" and line.number not in message.text and use.organisation.name in message.text
    notice = InboxNotice.objects.get(kind="iot_stopped_device_changed")
    assert notice.person_id == application.line.person_id and line.number not in str(notice.facts)


def test_a_message_that_is_late_is_not_sent():
    line = broken(make.activated(), **OTHER_DEVICE)
    end_iot_line(actor=make.clerk_of(line.organisation), line_id=line.pk, reason=EndReason.MISUSE)
    assert StoppedMessage().compose(line.stop_id, Channel.SMS) is None


# the way back


def test_a_reviewer_lifts_it_into_the_device_that_was_stated():
    line = broken(make.activated(), **OTHER_DEVICE)
    device = make.new_imei()
    recheck = ask_recheck(actor=make.clerk_of(line.organisation), line_id=line.pk, statement=WHY, new_imei=device)
    with pytest.raises(IotRefused) as refused:
        lift_iot_line(actor=make.clerk_of(line.organisation), recheck_id=recheck.pk)
    assert refused.value.code == "iot_reviewers_only"
    reviewer = organisations.actor(Role.REVIEWER)
    line = lift_iot_line(actor=reviewer, recheck_id=recheck.pk)
    assert (line.status, line.imei, line.stop_reason, line.stopped_at) == ("active", device, "", None)
    assert stops() == ["iot_line.suspended", "iot_line.lifted"]
    with pytest.raises(IotRefused) as refused:
        lift_iot_line(actor=reviewer, recheck_id=recheck.pk)
    assert refused.value.code == "iot_recheck_over"
    # what was told before, heard only now, stops nothing
    assert judge_iot_break(event=Event.objects.get(name="iot_line.limit_broken")) is False
    assert broken(line).status == "active"
    assert broken(line, **OTHER_DEVICE).status == "suspended"


def test_lifted_its_breaks_and_data_are_counted_anew():
    line = broken(make.activated(), bytes=31_000_000)
    assert line.status == "restricted"
    recheck = ask_recheck(actor=make.clerk_of(line.organisation), line_id=line.pk, statement=WHY)
    line = lift_iot_line(actor=organisations.actor(Role.REVIEWER), recheck_id=recheck.pk)
    assert broken(line, bytes=29_000_000).status == "active"
    assert broken(line, bytes=2_000_000).status == "restricted"


def test_a_refused_recheck_leaves_it_stopped_and_another_may_be_asked_for():
    line = broken(make.activated(), **OTHER_DEVICE)
    clerk = make.clerk_of(line.organisation)
    recheck = ask_recheck(actor=clerk, line_id=line.pk, statement=WHY)
    with pytest.raises(IotRefused) as refused:
        ask_recheck(actor=clerk, line_id=line.pk, statement=WHY)
    assert refused.value.code == "iot_recheck_open"
    assert refuse_recheck(actor=organisations.actor(Role.REVIEWER), recheck_id=recheck.pk).status == "suspended"
    ask_recheck(actor=clerk, line_id=line.pk, statement=WHY)


def test_a_recheck_is_over_once_its_line_is_stopped_anew():
    line = broken(make.activated(), **ELSEWHERE)
    recheck = ask_recheck(actor=make.clerk_of(line.organisation), line_id=line.pk, statement=WHY)
    line = broken(line, **OTHER_DEVICE)
    with pytest.raises(IotRefused) as refused:
        lift_iot_line(actor=organisations.actor(Role.REVIEWER), recheck_id=recheck.pk)
    assert refused.value.code == "iot_recheck_over"
    line.refresh_from_db()
    assert (line.status, line.stop_reason) == ("suspended", "device_changed")
    assert Event.objects.get(name="iot_line.recheck_refused").reason == "overtaken"


@pytest.mark.parametrize(
    ("given", "code"),
    [({"statement": "short"}, "iot_recheck_statement"), ({"statement": "长" * 501}, "iot_recheck_statement")],
)
def test_a_recheck_needs_a_statement(given, code):
    line = broken(make.activated(), **OTHER_DEVICE)
    with pytest.raises(IotRefused) as refused:
        ask_recheck(actor=make.clerk_of(line.organisation), line_id=line.pk, **{"statement": WHY, **given})
    assert refused.value.code == code
    assert not line.rechecks.exists()


def test_only_the_clerk_who_keeps_it_asks_and_only_for_a_stopped_line():
    line = make.activated()
    with pytest.raises(IotRefused) as refused:
        ask_recheck(actor=make.clerk_of(line.organisation), line_id=line.pk, statement=WHY)
    assert refused.value.code == "iot_line_not_stopped"
    line = broken(line, **OTHER_DEVICE)
    with pytest.raises(IotLine.DoesNotExist):
        ask_recheck(actor=organisations.actor(), line_id=line.pk, statement=WHY)


def test_another_device_must_be_of_a_model_of_the_use_and_free():
    first, second = make.activated(), make.activated()
    second = broken(second, **OTHER_DEVICE)
    clerk = make.clerk_of(second.organisation)
    with pytest.raises(IotRefused) as refused:
        ask_recheck(actor=clerk, line_id=second.pk, statement=WHY, new_imei=make.new_imei("35000000"))
    assert refused.value.code == "iot_imei_model"
    recheck = ask_recheck(actor=clerk, line_id=second.pk, statement=WHY, new_imei=first.imei)
    with pytest.raises(IotRefused) as refused:
        lift_iot_line(actor=organisations.actor(Role.REVIEWER), recheck_id=recheck.pk)
    assert refused.value.code == "iot_imei_taken"
    second.refresh_from_db()
    assert second.status == "suspended" and second.rechecks.get().status == "open"
