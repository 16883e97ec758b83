"""A person says with which document they register."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from realname.access.actor import Actor
from realname.trail import record
from registration.access import require_own
from registration.documents import document_type
from registration.errors import ApplicationClosed, DocumentUnknown
from registration.locks import lock_application
from registration.models import Application
from registration.services.store_capture import DOCUMENT_KINDS

# what the document before said
DETAILS = (
    "name", "other_name", "id_number", "issuing_state", "nationality", "sex", "ethnicity", "birth", "address", "authority", "valid_from",
    "valid_to",
)  # fmt: skip


@transaction.atomic
def choose_document(*, actor: Actor, application_id: UUID, code: str) -> Application:
    """Go on with this type of document. Another than before makes its photographs and details void; the same changes nothing.

    Raises DocumentUnknown, ApplicationClosed.
    """
    application = lock_application(application_id)
    require_own(actor, application)
    if not application.editable:
        raise ApplicationClosed
    if code == application.document_type:
        return application
    try:
        document = document_type(code)
    except KeyError:
        raise DocumentUnknown from None
    before = application.document_type
    application.document_type = document.code
    for name in DETAILS:
        setattr(application, name, None)
    application.valid_long_term, application.details_entered_at = False, None
    application.save()
    application.captures.current().filter(kind__in=DOCUMENT_KINDS).update(superseded_at=timezone.now())
    record(
        "document.chosen",
        actor=actor,
        subject=application,
        person_id=application.person_id,
        data={"document_type": document.code, "before": before},
    )
    return application
