"""A person is told something: in their account's inbox, and where it matters by a message to their phone too."""

from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation

from realname.access.actor import SYSTEM
from realname.outside.errors import SourceRefused
from realname.queue import enqueue
from realname.trail import record
from registration.account_selectors import language_of, phone_of
from registration.gateways.sms import SmsGateway
from registration.inbox import kind_of, render
from registration.models import InboxNotice


def notify_person(*, person_id: UUID, kind: str, facts: dict[str, str] | None = None) -> InboxNotice:
    """Put a notice of a registered kind (registration/inbox.py) into the inbox. Call in the transaction of what it tells of.

    `facts` fill the placeholders of its text; they are encrypted. Raises UnknownNotice.
    """
    notice = InboxNotice.objects.create(person_id=person_id, kind=kind, facts=facts or {}, message_due=kind_of(kind).message is not None)
    if notice.message_due:
        from registration.tasks import send_notice_message

        enqueue(send_notice_message, notice.pk)
    return notice


def send_message(*, notice_id: UUID) -> None:
    """Send the notice's message to the person's phone, once. Raises SourceUnavailable where trying again may help."""
    notice = InboxNotice.objects.untold().select_related("person").filter(pk=notice_id).first()
    if notice is None:
        return
    number, reason = phone_of(notice.person), ""
    if number:
        with translation.override(language_of(notice.person)):
            facts = {**(notice.facts or {}), "operator": settings.OPERATOR_NAME}
            text = render(kind_of(notice.kind).message, facts)
        try:
            SmsGateway().send(number, text, idempotency_key=f"notice-{notice.pk}")
        except SourceRefused as refusal:
            reason = refusal.reason
    else:
        reason = "no_phone"
    settle_message(notice_id=notice_id, reason=reason)


@transaction.atomic
def settle_message(*, notice_id: UUID, reason: str = "") -> None:
    """Note once that it was sent, or why it never will be."""
    field = "message_failed_at" if reason else "message_sent_at"
    if InboxNotice.objects.untold().filter(pk=notice_id).update(**{field: timezone.now()}):
        notice = InboxNotice.objects.get(pk=notice_id)
        record("notice.untold" if reason else "notice.told", actor=SYSTEM, subject=notice, person_id=notice.person_id, reason=reason)
