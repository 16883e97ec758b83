"""A review is demanded once, and only while the number is free (R-29, P-REG-5)."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone, translation

from realname.access.actor import SYSTEM
from registration.errors import NumberInApplication, ReviewRefused
from registration.models import Application, PhoneCode
from registration.services.request_review import request_review
from registration.states import ApplicationStatus
from tests.factories import registration as make
from verification.services.decide import reject

pytestmark = pytest.mark.django_db


def demand(application: Application) -> Application:
    return request_review(actor=make.person_actor(application), application_id=application.pk)


def test_a_refusal_after_the_review_is_not_reviewed_again():
    """A person has decided."""
    application = demand(make.rejected())
    with transaction.atomic():
        reject(actor=SYSTEM, application=application, reasons=["FACE_MISMATCH"])
    with pytest.raises(ReviewRefused):
        demand(application)
    application.refresh_from_db()
    assert application.status == ApplicationStatus.REJECTED


def test_another_open_application_of_the_number_is_named():
    """A sentence, where the database would only have refused."""
    refused = make.rejected(phone=(phone := make.new_phone()))
    PhoneCode.objects.update(created_at=timezone.now() - timedelta(hours=2))
    make.drafted(phone=phone)
    with pytest.raises(NumberInApplication) as refusal:
        demand(refused)
    with translation.override("en"):
        assert "Another application for this number" in refusal.value.message
    refused.refresh_from_db()
    assert (refused.status, refused.review_requested_at) == (ApplicationStatus.REJECTED, None)
