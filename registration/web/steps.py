"""The progress bar of the applicant's way."""

from django.utils.translation import gettext_lazy as _

from realname.ui.steps import Progress, progress

STEPS = {
    "consent": _("Consent"),
    "phone": _("Phone"),
    "document": _("ID card"),
    "details": _("Details"),
    "person": _("You"),
    "review": _("Check and submit"),
}


def at(step: str) -> Progress:
    """The progress bar at `step`."""
    names = list(STEPS)
    return progress([STEPS[name] for name in names], number=names.index(step) + 1)
