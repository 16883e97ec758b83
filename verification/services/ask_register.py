"""The register of enterprises is asked about an organisation; what it says is evidence for the reviewer, and decides nothing."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from realname.access.actor import SYSTEM, Actor
from realname.outside.errors import SourceError
from realname.queue import enqueue
from realname.trail import record
from realname.vault.blind_index import blind_index
from registration.models import Organisation
from registration.services.organisation.facts import with_proposal
from registration.states import CorrectionStatus, OrganisationStatus
from verification.models import OrganisationInquiry
from verification.sources.enterprises import EnterpriseQuestion, ask_register, is_configured

# an unanswered question is asked again after a minute, two, four …, and at last every hour
LONGEST_WAIT = timedelta(hours=1)
# about ten days of it: by then a reviewer has decided by the licence
MOST_TRIES = 250


def questions_of(organisation: Organisation) -> list[EnterpriseQuestion]:
    """About it as it stands, and as the correction that waits would have it, where that is another question."""
    correction = organisation.corrections.filter(status=CorrectionStatus.PROPOSED).first()
    both = [organisation, *([with_proposal(correction)] if correction else [])]
    asked = (EnterpriseQuestion(one.name, one.credit_code, one.legal_representative) for one in both)
    return list(dict.fromkeys(asked))


def index_of(question: EnterpriseQuestion) -> str:
    """Equal for the same question."""
    return blind_index("organisation_question", "\0".join((question.name, question.credit_code, question.legal_representative)))


@transaction.atomic
def open_inquiries(*, actor: Actor, organisation_id: UUID, again: bool = False) -> int:
    """Ask what was not asked yet; with `again` what was answered too. Answers how many questions wait. Raises Organisation.DoesNotExist."""
    organisation = Organisation.objects.get(pk=organisation_id)
    if organisation.status in OrganisationStatus.over() or not is_configured():
        return 0
    indexes = [index_of(question) for question in questions_of(organisation)]
    for index in indexes:
        _open(actor, organisation, index, again=again)
    return len(indexes)


def _open(actor: Actor, organisation: Organisation, index: str, *, again: bool) -> None:
    known = OrganisationInquiry.objects.filter(organisation=organisation, question_index=index)
    if not again and known.exists():
        return
    inquiry, new = OrganisationInquiry.objects.get_or_create(organisation=organisation, question_index=index, answered_at=None)
    if new:
        record("organisation.register_asked", actor=actor, subject=organisation, related=inquiry)
    else:
        OrganisationInquiry.objects.filter(pk=inquiry.pk).update(next_try_at=timezone.now(), tries=0)
    from verification.tasks import ask_register as task

    enqueue(task, inquiry.pk)


def ask(*, inquiry_id: UUID) -> None:
    """Put the question, with no lock held; done twice it is charged once. Does nothing once it is answered, or asks what is no more."""
    inquiry = OrganisationInquiry.objects.select_related("organisation").filter(pk=inquiry_id, answered_at=None).first()
    if inquiry is None:
        return
    over = inquiry.organisation.status in OrganisationStatus.over()
    questions = [] if over else questions_of(inquiry.organisation)
    question = next((one for one in questions if index_of(one) == inquiry.question_index), None)
    if question is None:
        OrganisationInquiry.objects.filter(pk=inquiry.pk, answered_at=None).delete()
        return
    try:
        answer = ask_register(question, inquiry.pk.hex)
    except SourceError as error:
        _later(inquiry, error.reason)
        return
    with transaction.atomic():
        facts = {"outcome": answer.outcome, "reference": answer.reference, "digest": answer.digest, "milliseconds": answer.milliseconds}
        waiting = OrganisationInquiry.objects.filter(pk=inquiry.pk, answered_at=None)
        if waiting.update(answered_at=timezone.now(), failure="", **facts):
            record(
                "organisation.register_answered",
                actor=SYSTEM,
                subject=inquiry.organisation,
                related=inquiry,
                reason=str(answer.outcome),
                data={"milliseconds": answer.milliseconds},
            )


def _later(inquiry: OrganisationInquiry, reason: str) -> None:
    wait = min(timedelta(minutes=2 ** min(inquiry.tries, 10)), LONGEST_WAIT)
    OrganisationInquiry.objects.filter(pk=inquiry.pk, answered_at=None).update(
        failure=reason, tries=inquiry.tries + 1, next_try_at=timezone.now() + wait
    )


def due_inquiries(*, limit: int) -> list[UUID]:
    """Questions that nobody answered, and whose time to be asked again has come."""
    waiting = OrganisationInquiry.objects.filter(answered_at=None, next_try_at__lte=timezone.now(), tries__lt=MOST_TRIES)
    return list(waiting.order_by("next_try_at").values_list("pk", flat=True)[:limit])
