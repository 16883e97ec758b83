"""What the trail says about itself."""

from django.utils.translation import gettext_lazy as _

from realname.trail.registry import EventType, register

register(EventType(name="trail.reanchored", label=_("Audit trail anchored anew"), subject="trail"))
register(EventType(name="trail.seal_struck", label=_("False seal struck out of the audit trail"), subject="trail"))
