"""The rights over one's data: what each is, and the reasons for which one may be refused (R-31: a refusal has its reason)."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from registration.states import RightsKind


@dataclass(frozen=True, slots=True)
class Right:
    """What the page says of it before it is asked for."""

    kind: RightsKind
    title: Promise
    text: Promise


RIGHTS = {
    right.kind: right
    for right in (
        Right(
            RightsKind.CORRECTION,
            _("Correct my data"),
            _("Tell us what is wrong and what is right. Name and ID number are corrected by your document: we may ask you to show it."),
        ),
        Right(
            RightsKind.DELETION,
            _("Delete my data"),
            _(
                "While you have a line, and for two years after, the law demands that we keep your identity data. Then we tell you so, and freeze them instead; what the law does not demand is deleted."
            ),
        ),
        Right(
            RightsKind.RESTRICTION,
            _("Freeze my data"),
            _(
                "They are then only stored and protected. Our staff can not look at them or change anything for you until you lift it. Your lines go on working. An application on its way is withdrawn."
            ),
        ),
        Right(
            RightsKind.ACCESS,
            _("See more of my data"),
            _("Most of it is on these pages, and in the copy you can take away at once. Ask here for what you do not find there."),
        ),
        Right(
            RightsKind.OBJECTION,
            _("Object to a use of my data"),
            _("Tell us which use you do not want, and why. Where the law or your contract does not demand it, we end it."),
        ),
        Right(
            RightsKind.EXPLANATION,
            _("Have a decision explained"),
            _(
                "For each application its decision, its reasons and what was compared are shown at once. Ask here if that does not explain it."
            ),
        ),
    )
}

# why a request may be refused: code → the sentence the person reads
REASONS: dict[str, Promise] = {
    "service_runs": _(
        "You have a line in use. While it is, the law demands that we keep the identity data of its holder (Order 25, art. 11)."
    ),
    "two_years": _(
        "Less than two years have passed since your last line ended. Until then the law demands that we keep your identity data (Order 25, art. 11)."
    ),
    "legal_duty": _("Another law or an authority's order demands that we keep or process these data."),
    "not_proven": _("It is not shown that the data are wrong. You may ask again with a document that shows it."),
    "others_rights": _("It would disclose the data of other people."),
    "already_done": _("It was done already."),
    "not_ours": _("We do not have these data."),
}
