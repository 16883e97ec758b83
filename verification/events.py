"""What this stage says."""

from django.utils.translation import gettext_lazy as _

from realname.trail import EventType, register

for _name, _label, _subject in (
    ("verification.opened", _("Verification opened"), "application"),
    ("check.completed", _("Check completed"), "check"),
    ("application.decided", _("Application decided"), "application"),
    ("application.approved", _("Application approved"), "application"),
    ("application.rejected", _("Application rejected"), "application"),
    ("application.asked_again", _("Items asked for again"), "application"),
    ("review.opened", _("Review opened"), "review"),
    ("review.taken", _("Review taken"), "review"),
    ("review.released", _("Review released"), "review"),
    ("review.closed", _("Review closed"), "review"),
    ("review.seconded", _("Approval by a first reviewer"), "review"),
    ("pii.viewed", _("Personal data viewed"), "application"),
):
    register(EventType(name=_name, label=_label, subject=_subject))
