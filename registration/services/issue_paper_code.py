"""Where no message reaches the phone, a clerk hands the code over on paper: no network is needed (P-PAR-3)."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from realname import policy
from realname.access.actor import Actor
from realname.ids import phone as phones
from realname.trail import record
from realname.vault.blind_index import blind_index
from registration.access import may_issue_paper_code
from registration.errors import ApplicationClosed, CodeRefused
from registration.locks import lock_application, lock_number
from registration.models import PhoneCode
from registration.policy import CODES_PER_HOUR, PAPER_CODE_LIFE
from registration.selectors import codes_locked, same_place
from registration.states import CodePurpose


@transaction.atomic
def issue_paper_code(*, actor: Actor, application_id: UUID, phone: str) -> PhoneCode:
    """Make a code for this number and application alone, single use and short-lived; `digits_of` its id goes on the paper.

    The clerk vouches by it that the person holds the number (its card was seen in the phone); the trail names the clerk. It takes
    the place of a code that was sent, and guesses at it count as any others do.
    Raises PermissionError unless a clerk acts, ids.InvalidPhone, ApplicationClosed, CodeRefused (locked, too many).
    """
    if not may_issue_paper_code(actor):
        raise PermissionError("Only a clerk hands over codes.")
    number = phones.parse(phone).number
    index = blind_index("phone", number)
    application = lock_application(application_id)
    if not application.editable:
        raise ApplicationClosed
    lock_number(index)
    now = timezone.now()
    _refuse_too_many(index, application_id)
    PhoneCode.objects.live().filter(application=application, purpose=CodePurpose.REGISTRATION).update(superseded_at=now)
    code = PhoneCode.objects.create(
        person_id=application.person_id,
        application=application,
        phone=number,
        language=application.language,
        on_paper=True,
        created_at=now,
        expires_at=now + timedelta(seconds=policy.value(PAPER_CODE_LIFE)),
    )
    record("phone_code.issued_on_paper", actor=actor, subject=application, person_id=code.person_id, data={"code": str(code.pk)})
    return code


def _refuse_too_many(index: str, application_id: UUID) -> None:
    if codes_locked(index, same_place(application_id=application_id, device="", network="")):
        raise CodeRefused("code_locked")
    lately = PhoneCode.objects.filter(on_paper=True, created_at__gt=timezone.now() - timedelta(hours=1))
    if lately.filter(Q(phone_index=index) | Q(application_id=application_id)).count() >= policy.value(CODES_PER_HOUR):
        raise CodeRefused("code_too_many")
