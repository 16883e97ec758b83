"""What this stage says."""

from django.utils.translation import gettext_lazy as _

from realname.trail import EventType, register

register(EventType(name="application.graded", label=_("Risk graded"), subject="application"))
