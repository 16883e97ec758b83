"""What policy says into the trail."""

from django.utils.translation import gettext_lazy as _

from realname.trail import EventType, register

register(EventType(name="policy.changed", label=_("Policy parameter changed"), subject="policy_version"))
