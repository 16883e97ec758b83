"""The network's reports on lines of things: noted once, and what goes beyond a limit is told (R-19)."""

import json
import uuid
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from realname.trail.models import Event
from registration.api import iot_use
from registration.models import IotReport
from registration.services.iot.note_use import ReportRefused, month_bytes, note_use
from registration.states import IotBreak, IotFunction, LineStatus
from tests.factories import iot as make
from tests.registration.api.test_receipts import headers

database = pytest.mark.django_db
PATH, KEY = "/network/iot-use", "network-key"
NOBODY = "14400" + "9" * 8


def told() -> list[str]:
    """The breaks in the trail."""
    return list(Event.objects.filter(name="iot_line.limit_broken").order_by("id").values_list("reason", flat=True))


@database
def test_a_line_within_its_limits_is_left_alone():
    line = make.activated(make.approved(sms="whitelist", sms_numbers=["10086"]))
    for given_ in ({}, {"device": line.imei[:14]}, {"function": IotFunction.SMS, "peer": "10086", "bytes": 0}, {"region": "440300"}):
        assert note_use(make.seen(line, **given_)).breaks == ()
    assert told() == [] and IotReport.objects.count() == 4


@database
@pytest.mark.parametrize(
    ("given_", "broken"),
    [
        ({"device": "86153603999999"}, IotBreak.DEVICE_CHANGED),
        ({"device": "35000000000001"}, IotBreak.DEVICE_CHANGED),
        ({"region": "440400"}, IotBreak.OUTSIDE_PLACE),
        ({"region": "110101"}, IotBreak.OUTSIDE_PLACE),
        ({"region": "abroad"}, IotBreak.OUTSIDE_PLACE),
        ({"function": IotFunction.VOICE, "peer": "10086", "bytes": 0}, IotBreak.FUNCTION_NOT_GRANTED),
        ({"function": IotFunction.SMS, "peer": "13800138001", "bytes": 0}, IotBreak.FUNCTION_NOT_GRANTED),
        ({"bytes": 30_000_001}, IotBreak.OVER_CAP),
    ],
)
def test_each_limit_can_be_broken(given_, broken):
    line = make.activated(make.approved(sms="whitelist", sms_numbers=["13800138000"]))
    assert note_use(make.seen(line, **given_)).breaks == (broken,)
    event = Event.objects.get(name="iot_line.limit_broken")
    assert (event.reason, event.actor_id, event.subject_id) == (broken, "network", str(line.pk))
    # neither device, nor number, nor place to the city
    assert line.number not in str(event.data) and "13800138001" not in str(event.data) and "440400" not in str(event.data)


@database
def test_a_line_bound_to_models_may_be_in_any_of_them():
    line = make.activated(make.approved(binding="model"), make.Card())
    assert note_use(make.seen(line, device=make.TAC + "777777")).breaks == ()
    assert note_use(make.seen(line, device="35000000000001")).breaks == (IotBreak.DEVICE_CHANGED,)


@database
def test_the_same_report_counts_once_and_another_under_its_id_is_refused():
    line = make.activated()
    one = make.seen(line, bytes=20_000_000)
    assert [note_use(one).again for _ in range(3)] == [False, True, True]
    assert month_bytes(line, one.at) == 20_000_000
    with pytest.raises(ReportRefused) as refused:
        note_use(make.seen(line, report_id=one.report_id, at=one.at, bytes=5))
    assert refused.value.code == "id_used"
    assert IotReport.objects.count() == 1 and told() == []


@database
def test_the_cap_is_of_a_month_in_whatever_order_reports_come():
    with time_machine.travel(make.at("2026-11-29T12:00"), tick=False):
        line = make.activated()
    with time_machine.travel(make.at("2026-12-01T10:00"), tick=False):
        assert note_use(make.seen(line, at=make.at("2026-12-01T00:00"), bytes=30_000_000)).breaks == ()
        assert note_use(make.seen(line, at=make.at("2026-11-30T23:59"), bytes=30_000_000)).breaks == ()
        assert note_use(make.seen(line, at=make.at("2026-11-30T10:00"), bytes=1)).breaks == (IotBreak.OVER_CAP,)
        assert note_use(make.seen(line, at=make.at("2026-12-01T09:00"), bytes=1)).breaks == (IotBreak.OVER_CAP,)


@database
def test_reports_of_the_wrong_time_or_of_nobody_change_nothing():
    line = make.activated()
    now = timezone.now()
    for given_, code in (
        ({"at": now + timedelta(minutes=6)}, "time"),
        ({"at": now - timedelta(days=66)}, "time"),
        ({"at": now - timedelta(hours=1)}, "unknown_line"),  # before it was activated: an earlier holder's
        ({"number": NOBODY}, "unknown_line"),
    ):
        with pytest.raises(ReportRefused) as refused:
            note_use(make.seen(line, device="35000000000001", **given_))
        assert refused.value.code == code
    assert not IotReport.objects.exists() and told() == []


@database
def test_a_suspended_line_that_is_used_is_told_once_a_day():
    line = make.activated()
    with time_machine.travel(timezone.now() + timedelta(minutes=10)) as clock:
        stopped_at = timezone.now()
        line.status, line.stop_reason, line.stopped_at, line.stop_id = LineStatus.SUSPENDED, "over_cap", stopped_at, uuid.uuid4()
        line.save()
        assert note_use(make.seen(line, at=stopped_at - timedelta(seconds=1), device="35000000000001")).breaks == ()
        for _ in range(3):
            clock.shift(timedelta(seconds=5))
            note_use(make.seen(line, device="35000000000001"))
        assert told() == ["used_while_suspended"]
        clock.shift(timedelta(days=1))
        note_use(make.seen(line))
        assert told() == ["used_while_suspended"] * 2


# over HTTP


def body(line, **changes) -> bytes:
    seen = make.seen(line)
    content = {
        "report_id": str(seen.report_id),
        "number": seen.number,
        "at": seen.at.isoformat(),
        "imei": line.imei,
        "region": seen.region,
        "function": "data",
        "bytes": 1000,
    }
    return json.dumps({**content, **changes}).encode()


def post(client, content: bytes, signed: dict[str, str] | None = None):
    signed = headers(content, key=KEY, path=PATH) if signed is None else signed
    return client.post(PATH, content, content_type="application/json", headers=signed)


@database
def test_a_signed_report_is_noted(client, settings):
    settings.NETWORK_KEY = KEY
    line = make.activated()
    content = body(line, imei="3500000000000112")
    answer = {"status": "noted", "again": False, "line": "active", "breaks": ["device_changed"]}
    assert post(client, content).json() == answer
    assert post(client, content).json() == {**answer, "again": True, "breaks": []}
    assert post(client, body(line, number=NOBODY)).status_code == 404
    assert post(client, body(line, at="2020-01-01T00:00:00+08:00")).status_code == 422
    assert post(client, body(line, report_id=json.loads(content)["report_id"], bytes=7)).status_code == 409


@database
@pytest.mark.parametrize("key", ["", "another"])
def test_nothing_is_taken_that_is_not_signed(client, settings, key):
    settings.NETWORK_KEY = key
    line = make.activated()
    content = body(line)
    assert post(client, content).status_code == 401
    settings.NETWORK_KEY = KEY
    signed = headers(content, key=KEY, path=PATH)
    assert post(client, content, {}).status_code == 401
    assert post(client, content + b" ", signed).status_code == 401
    assert post(client, b"x" * 5000).status_code == 413
    assert not IotReport.objects.exists()
    assert [post(client, content, signed).status_code for _ in range(2)] == [200, 401]


@database
@pytest.mark.parametrize(
    "changes",
    [
        {"report_id": "1"},
        {"report_id": None},
        {"number": "13800138000x"},
        {"number": ["14400"]},
        {"at": "2026-11-24T10:00:00"},
        {"at": "2026-13-45T10:00:00Z"},
        {"at": 5},
        {"imei": "123"},
        {"imei": "86153603\u0660\u0660\u0660\u0660\u0660\u0660"},
        {"region": "4403"},
        {"region": "000000"},
        {"function": "fax"},
        {"function": "sms"},
        {"function": "voice", "peer": "x", "bytes": 0},
        {"function": "voice", "peer": "10086"},
        {"bytes": -1},
        {"bytes": True},
        {"bytes": 1.5},
        {"bytes": 10**13},
        {"bytes": "7"},
    ],
)
def test_what_is_no_report_is_refused(client, settings, changes):
    settings.NETWORK_KEY = KEY
    response = post(client, body(make.activated(), **changes))
    assert response.status_code == 400 and response.json()["error"] == "invalid"
    assert not IotReport.objects.exists()


@given(st.one_of(st.binary(max_size=300), st.recursive(st.none() | st.booleans() | st.floats() | st.text(), st.lists).map(json.dumps)))
def test_whatever_comes_is_a_report_or_none(content):
    with pytest.raises(iot_use.NoReport):
        iot_use.read(content if isinstance(content, bytes) else content.encode())
