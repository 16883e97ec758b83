"""P-CHG-2: a change goes on only when the new number is proven."""

from datetime import timedelta

import pytest
from django.utils import timezone

from changes.errors import CodeRefused
from changes.models import ChangeCode
from changes.services.prove_number import prove_number
from changes.services.withdraw_change import withdraw_stale_changes
from changes.states import ChangeStatus
from realname.access.actor import SYSTEM
from realname.states import TransitionNotAllowed
from registration.services.phone_digits import digits_of
from tests.factories import changes as make

pytestmark = pytest.mark.django_db


def enter(change, digits):
    return prove_number(actor=SYSTEM, change_id=change.pk, entered=digits)


def wrong(change):
    return str((int(digits_of(change.code.pk)) + 1) % 10**6).zfill(6)


def test_the_right_code_proves_and_checks():
    change = make.requested()
    proven = enter(change, digits_of(change.code.pk))
    assert proven.status == ChangeStatus.CHECKED
    assert proven.evidence == [{"kind": "change_code", "id": str(change.code.pk)}]


def test_a_wrong_code_is_counted_and_changes_nothing():
    change = make.requested()
    with pytest.raises(CodeRefused, match="code_wrong"):
        enter(change, wrong(change))
    change.refresh_from_db()
    assert (change.status, change.proven_at, ChangeCode.objects.get(change=change).attempts) == ("requested", None, 1)


def test_after_five_wrong_codes_the_right_one_is_refused_too():
    change = make.requested()
    for _ in range(5):
        with pytest.raises(CodeRefused):
            enter(change, wrong(change))
    with pytest.raises(CodeRefused, match="code_locked"):
        enter(change, digits_of(change.code.pk))


def test_a_late_code_is_refused():
    change = make.requested()
    ChangeCode.objects.filter(change=change).update(expires_at=timezone.now())
    with pytest.raises(CodeRefused, match="code_expired"):
        enter(change, digits_of(change.code.pk))


def test_a_used_code_proves_nothing_again():
    change = make.checked()
    with pytest.raises(TransitionNotAllowed):
        enter(change, digits_of(change.code.pk))


def test_the_stop_code_of_the_old_contact_does_not_prove_the_new_number():
    change = make.requested()
    with pytest.raises(CodeRefused):
        enter(change, digits_of(change.pk))


def test_what_nobody_proves_is_withdrawn_after_a_day():
    change, fresh = make.requested(), make.requested()
    type(change).objects.filter(pk=change.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    assert withdraw_stale_changes() == 1
    change.refresh_from_db()
    fresh.refresh_from_db()
    assert (change.status, fresh.status) == (ChangeStatus.WITHDRAWN, ChangeStatus.REQUESTED)
