"""What staff sign-in and staff accounts say."""

from django.utils.translation import gettext_lazy as _

from realname.trail import EventType, register

for _name, _label in (
    ("staff.signed_in", _("Staff member signed in")),
    ("staff.signed_out", _("Staff member signed out")),
    ("staff.sign_in_refused", _("Staff sign-in refused")),
    ("staff.second_factor_enrolled", _("Second factor set up")),
    ("staff.second_factor_removed", _("Second factor removed")),
    ("staff.created", _("Staff account created")),
    ("staff.changed", _("Staff account changed")),
):
    register(EventType(name=_name, label=_label, subject="staff"))
