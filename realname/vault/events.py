"""What the vault says on the trail."""

from django.utils.translation import gettext_lazy as _

from realname.trail import EventType, register

register(EventType(name="person.erased", label=_("Personal data of a person erased"), subject="person"))
