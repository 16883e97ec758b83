"""What a lost broker left behind is sent again; what was delivered twice is done once."""

from datetime import timedelta

import pytest
from django.utils import timezone

from changes import tasks
from changes.models import ChangeCode, ChangeRequest
from realname.outside.errors import SourceRefused
from realname.trail.models import Event
from registration.gateways.sms import SmsGateway
from registration.services.phone_digits import digits_of
from tests.factories import changes as make

pytestmark = pytest.mark.django_db
LATELY = timedelta(seconds=11)


def test_a_code_arrives_once_however_often_its_task_runs(sandbox):
    change = make.requested()
    for _ in range(2):
        tasks.send_change_code(str(change.code.pk))
    (message,) = SmsGateway().inbox(change.after)
    assert digits_of(change.code.pk) in message.text
    assert Event.objects.filter(name="change_code.sent").count() == 1


def test_a_refused_code_is_noted_and_not_tried_again(monkeypatch):
    def refuse(*args, **kwargs):
        raise SourceRefused("sms_gateway", "status_422")

    monkeypatch.setattr(SmsGateway, "send", refuse)
    change = make.requested()
    tasks.send_change_code(str(change.code.pk))
    assert Event.objects.get(name="change_code.failed").reason == "status_422"
    assert not ChangeCode.objects.unsent().exists()


def test_the_sweeper_finds_codes_that_were_not_sent():
    change = make.requested()
    assert tasks.resend_change_codes() == 0
    ChangeCode.objects.filter(change=change).update(created_at=timezone.now() - LATELY)
    assert tasks.resend_change_codes() == 1


def test_the_sweeper_finds_old_contacts_that_were_not_told():
    change = make.checked()
    assert tasks.tell_old_contacts() == 0
    ChangeRequest.objects.filter(pk=change.pk).update(proven_at=timezone.now() - LATELY)
    assert tasks.tell_old_contacts() == 1
