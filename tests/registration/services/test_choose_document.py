"""R-02: a person says which document they have, and may think again until it is handed in."""

import pytest

from realname.trail.models import Event
from registration.errors import ApplicationClosed, ApplicationIncomplete, CaptureRefused, DocumentUnknown
from registration.models import Application
from registration.selectors import missing_parts
from registration.services.capture_document import capture_document
from registration.services.choose_document import choose_document
from registration.services.submit_application import submit_application
from tests.factories import desk
from tests.factories import registration as make
from tests.factories.registration import person_actor

pytestmark = pytest.mark.django_db


def chosen(application: Application, code: str) -> Application:
    return choose_document(actor=person_actor(application), application_id=application.pk, code=code)


def test_another_document_voids_photographs_and_details_of_the_one_before():
    application = make.complete()
    assert missing_parts(application) == []
    application = chosen(application, "foreign_passport")
    assert (application.document_type, application.name, application.id_number_index, application.details_entered_at) == (
        "foreign_passport", None, None, None,
    )  # fmt: skip
    # the selfie and the movements stay: they are the person's, not the document's
    assert missing_parts(application) == ["document_front", "details"]
    assert application.residence is not None
    event = Event.objects.get(name="document.chosen", data__document_type="foreign_passport")
    assert event.data == {"document_type": "foreign_passport", "before": "resident_id_card", "party": "principal"}


def test_the_same_document_again_changes_nothing():
    application = make.complete()
    before = Event.objects.count()
    application = chosen(application, "resident_id_card")
    assert (missing_parts(application), Event.objects.count()) == ([], before)


@pytest.mark.parametrize("code", ["", "driving_licence", "RESIDENT_ID_CARD", "../x", "resident_id_card\0"])
def test_no_other_document_is_taken(code):
    application = make.complete()
    with pytest.raises(DocumentUnknown):
        chosen(application, code)
    application.refresh_from_db()
    assert (application.document_type, missing_parts(application)) == ("resident_id_card", [])


def test_what_is_handed_in_keeps_its_document():
    application = make.submitted()
    with pytest.raises(ApplicationClosed):
        chosen(application, "foreign_passport")
    application.refresh_from_db()
    assert application.document_type == "resident_id_card"


@pytest.mark.parametrize("code", ["temporary_id_card", "household_register", "hk_macao_travel_permit", "military_id"])
def test_both_photographs_are_needed_where_a_type_has_two(code):
    """P-REG-1: refused at submission where one is missing."""
    application = make.drafted(document_type=code, path="face_free")
    capture_document(actor=person_actor(application), application_id=application.pk, side="front", content=desk.photograph())
    with pytest.raises(ApplicationIncomplete) as refused:
        submit_application(actor=person_actor(application), application_id=application.pk, submission_key="1")
    assert refused.value.missing == ["document_back"]


def test_one_photograph_is_enough_for_a_passport():
    application = make.drafted(document_type="foreign_passport", path="face_free")
    with pytest.raises(ApplicationIncomplete) as refused:
        submit_application(actor=person_actor(application), application_id=application.pk, submission_key="1")
    assert refused.value.missing == ["document_front"]
    make.with_captures(application)
    assert submit_application(actor=person_actor(application), application_id=application.pk, submission_key="1").status == "submitted"


def test_a_photograph_that_the_type_has_not_is_refused():
    application = make.drafted(document_type="foreign_passport", path="face_free")
    with pytest.raises(CaptureRefused):
        capture_document(actor=person_actor(application), application_id=application.pk, side="back", content=desk.photograph())
    assert application.captures.count() == 0
