"""What of ours stands against asking: no consent, or too many questions about one person. Nothing leaves then, and nothing is charged."""

from datetime import timedelta

from django.utils import timezone

from realname import policy
from registration.states import ConsentPurpose
from verification.models import Inquiry
from verification.services.put_question import Asking
from verification.sources.outcomes import Outcome
from verification.sources.policy import SUBJECT_BUDGET

DAY = timedelta(days=1)


def bar_question(asking: Asking) -> Outcome | None:
    """The outcome that takes the place of asking; nothing where the question may leave (P-PAR-4)."""
    consents = asking.application.consents.filter(purpose=ConsentPurpose.IDENTITY, withdrawn_at__isnull=True)
    if not consents.exists():
        return Outcome.CONSENT_MISSING
    asked = Inquiry.objects.since(timezone.now() - DAY).filter(subject_index=asking.subject)
    # what this check has asked already it may ask on: a question is counted once
    if asked.exclude(request_key=asking.request_key).count() >= policy.value(SUBJECT_BUDGET):
        return Outcome.QUOTA_SUBJECT
    return None
