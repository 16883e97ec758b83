"""A person says which document they, or whom they act for, register with."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from realname.access.actor import Actor
from realname.trail import record
from registration.access import require_open, require_own
from registration.documents import document_type
from registration.errors import DocumentUnknown
from registration.locks import lock_application
from registration.models import Application
from registration.models.identity import IDENTITY_FIELDS, SELF_STATED_FIELDS
from registration.services.store_capture import DOCUMENT_KINDS
from registration.states import Party

# what the document before said
DETAILS = tuple(name for name in IDENTITY_FIELDS if name not in SELF_STATED_FIELDS)


@transaction.atomic
def choose_document(*, actor: Actor, application_id: UUID, code: str, party: Party = Party.PRINCIPAL) -> Application:
    """Go on with this type of document. Another than before makes its photographs and details void; the same changes nothing.

    Raises DocumentUnknown, ApplicationClosed.
    """
    application = lock_application(application_id)
    require_own(actor, application)
    require_open(application)
    identity = application.party(party)
    if code == identity.document_type:
        return application
    try:
        document = document_type(code)
    except KeyError:
        raise DocumentUnknown from None
    before = identity.document_type
    for name in DETAILS:
        setattr(identity, name, identity._meta.get_field(name).get_default())
    identity.document_type = document.code
    identity.save()
    void = [kind.of(party) for kind in DOCUMENT_KINDS]
    application.captures.current().filter(kind__in=void).update(superseded_at=timezone.now())
    record(
        "document.chosen",
        actor=actor,
        subject=application,
        person_id=application.person_id,
        data={"document_type": document.code, "before": before, "party": party},
    )
    return application
