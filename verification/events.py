"""What this stage says."""

from django.utils.translation import gettext_lazy as _

from realname.trail import EventType, register

for _name, _label, _subject in (
    ("verification.opened", _("Verification opened"), "application"),
    ("check.waiting", _("Check waits for a source"), "check"),
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
    ("source.answered", _("Authority asked about a person"), "source"),
    ("source.down", _("Source does not answer"), "source"),
    ("source.recovered", _("Source answers again"), "source"),
    ("source.alarm", _("Alarm: applications wait for a source"), "source"),
    ("source.budget_low", _("Budget of a source runs out"), "source"),
    ("organisation.register_asked", _("Register of enterprises asked"), "organisation"),
    ("organisation.register_answered", _("Register of enterprises answered"), "organisation"),
    ("pii.viewed", _("Personal data viewed"), "application"),
):
    register(EventType(name=_name, label=_label, subject=_subject))
