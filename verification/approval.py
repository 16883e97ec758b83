"""What a reviewer's approval must stand on: evidence they opened, a proven identity, and two people for the graver failures.

Nothing here is remembered on the side: what was opened is what the trail says was shown, what failed is what the checks say.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from realname.access.models import Staff
from registration.models import Application
from registration.selectors import current_captures, label_of, needs_witness
from registration.states import CaptureKind
from risk.states import RiskLevel
from verification.checks.of_representative import checks_of
from verification.errors import EvidenceNotOpened, IdentityUnproven, VerificationError, VisitMissing
from verification.models import Check, Review
from verification.reasons import FOUR_EYES
from verification.selectors import checks_of_round, opened_under_claim
from verification.states import CheckKind, CheckStatus

FIELDS = _("the personal data")


@dataclass(frozen=True)
class Approval:
    """What there is to say of an approval that one reviewer would give now."""

    unopened: tuple[str | Promise, ...]  # what this reviewer has not looked at under this claim, in words
    unproven: bool  # the name or number entered stands neither on the card nor in the registry
    unvisited: bool  # a visit to a shop was chosen, and no clerk states that it took place
    overridden: tuple[str, ...]  # reasons of the failed checks that it would set aside
    needs_two: bool  # a second reviewer must confirm it (P-VER-5)

    def barriers(self) -> list[VerificationError]:
        """What stands against it, the gravest first; nothing: it may be given."""
        against: list[VerificationError] = [IdentityUnproven()] if self.unproven else []
        against += [VisitMissing()] if self.unvisited else []
        return [*against, EvidenceNotOpened(self.unopened)] if self.unopened else against


def approval_of(review: Review, reviewer: Staff) -> Approval:
    """Look at the case as it stands, for the reviewer who holds it."""
    checks = checks_of_round(review.application)
    overridden = _overridden(checks)
    return Approval(
        unopened=_unopened(review, reviewer),
        unproven=any(_unproven(checks_of(party, checks)) for party in review.application.parties),
        unvisited=needs_witness(review.application),
        overridden=overridden,
        needs_two=review.level in RiskLevel.needs_review() or not FOUR_EYES.isdisjoint(overridden),
    )


def _unopened(review: Review, reviewer: Staff) -> tuple[str | Promise, ...]:
    application: Application = review.application
    opened = opened_under_claim(review, reviewer)
    captures = current_captures(application)
    fields = () if "fields" in opened else (FIELDS,)
    return (*fields, *(label_of(application, kind) for kind in CaptureKind if kind in captures and str(captures[kind].pk) not in opened))


def _unproven(checks: dict[str, Check]) -> bool:
    """A number that is not the card's is nobody's to wave through: the registry would confirm another person's just as well.

    A name that differs from what was read is proven where the registry knows it under the card's number: then OCR misread it.
    """
    compared, asked = checks.get(CheckKind.FIELD_CONSISTENCY), checks.get(CheckKind.AUTHORITY_IDENTITY)
    differs = set(compared.findings) if compared else set()
    on_record = asked is not None and asked.status == CheckStatus.PASSED
    return "id_number_differs" in differs or ("name_differs" in differs and not on_record)


def _overridden(checks: dict[str, Check]) -> tuple[str, ...]:
    bad = [check for check in checks.values() if check.status != CheckStatus.PASSED]
    return tuple(dict.fromkeys(check.reason for check in bad if check.status == CheckStatus.FAILED or check.reason in FOUR_EYES))
