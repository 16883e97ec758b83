"""P-VER-6: a person is told of an outage, not of a hiccup, and for as long as nobody has answered."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories import registration as make
from verification.models import Check
from verification.selectors import wait
from verification.services.open_checks import open_checks
from verification.states import CheckKind, CheckStatus

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("status", "seconds", "told"),
    [
        (CheckStatus.WAITING, 14, False),
        (CheckStatus.WAITING, 16, True),
        (CheckStatus.RUNNING, 16, True),  # asked again at this moment
        (CheckStatus.PASSED, 16, False),
        (CheckStatus.ERROR, 16, False),
    ],
)
def test_who_waits_is_told(status, seconds, told):
    application, now = make.submitted(), timezone.now()
    open_checks(application_id=application.pk)
    application.refresh_from_db()
    assert wait(application) is None
    deadline = now + timedelta(days=3)
    Check.objects.filter(application=application, kind=CheckKind.AUTHORITY_IDENTITY).update(
        status=status, waiting_since=now - timedelta(seconds=seconds), not_before=now - timedelta(minutes=1), deadline_at=deadline
    )
    found = wait(application)
    assert bool(found) == told
    if found:
        assert found.deadline_at == deadline
        # never a time that has passed
        assert found.next_try_at >= now
