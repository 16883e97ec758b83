"""What the register of enterprises said of an organisation, in words for the reviewer."""

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from registration.models import Organisation
from registration.organisation_evidence import Evidence
from registration.states import OrganisationStatus
from verification.models import OrganisationInquiry
from verification.services.ask_register import index_of, questions_of
from verification.sources.enterprises import EnterpriseOutcome, is_configured

_O = EnterpriseOutcome
ADVICE: dict[EnterpriseOutcome, tuple[str, Promise]] = {
    _O.MATCH: ("good", _("Name, code and legal representative agree. Compare the papers all the same: the register knows no agent.")),
    _O.MISMATCH_NAME: ("bad", _("Compare the name with the licence letter by letter. Ask the clerk to correct it, or reject.")),
    _O.MISMATCH_REPRESENTATIVE: (
        "warn",
        _("The licence may be older than a change of its representative: ask for the newest one, and for a letter that they signed."),
    ),
    _O.MISMATCH_BOTH: ("bad", _("The licence shown is hardly the one of this code. Suspect a forged one.")),
    _O.NO_RECORD: ("bad", _("The code is well formed and was not given out, or lately. Suspect a forged licence.")),
    _O.ENDED: ("bad", _("It can contract for nothing any more. Reject it, or suspend it where it is approved.")),
}


def evidence_of(organisation: Organisation) -> list[Evidence]:
    """One finding for what stands, and one for what a correction would have it be where that is another question."""
    if organisation.status in OrganisationStatus.over() or not is_configured():
        return []
    titles = (_("As it stands"), _("As the correction would have it"))
    return [_finding(organisation, title, index_of(one)) for title, one in zip(titles, questions_of(organisation), strict=False)]


def _finding(organisation: Organisation, title: Promise, index: str) -> Evidence:
    ask_url = reverse("admin:verification_organisation_ask", args=[organisation.pk])
    asked = OrganisationInquiry.objects.filter(organisation=organisation, question_index=index)
    answered = asked.filter(answered_at__isnull=False).order_by("-answered_at").first()
    waiting = asked.filter(answered_at=None).first()
    if waiting and waiting.failure:
        advice = _("It is asked again by itself. This says nothing against the organisation: decide by the papers, or wait.")
        return Evidence(title, _("The register does not answer"), advice, "warn", waiting.asked_at, ask_url)
    if waiting:
        return Evidence(title, _("Being asked"), _("Open this page again in a moment."), "info", waiting.asked_at)
    if answered is None:
        return Evidence(title, _("Not asked yet"), _("Ask it, or decide by the papers."), "info", None, ask_url)
    outcome = EnterpriseOutcome(answered.outcome)
    tone, advice = ADVICE[outcome]
    return Evidence(title, outcome.label, advice, tone, answered.answered_at, ask_url)
