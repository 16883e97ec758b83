"""What this stage says."""

from django.utils.translation import gettext_lazy as _

from realname.trail import EventType, register

for _name, _label, _personal in (
    ("change.requested", _("Change requested"), ("before", "after")),
    ("change_code.sent", _("Code sent to the new number"), ()),
    ("change_code.failed", _("Code could not be sent to the new number"), ()),
    ("change_code.refused", _("Code for the new number refused"), ()),
    ("change.proven", _("New number proven"), ()),
    ("change.checked", _("Change checked"), ()),
    ("change.contact_told", _("Old contact told of the change"), ()),
    ("change.contact_unreachable", _("Old contact could not be told of the change"), ()),
    ("change.step_approved", _("Change approved by one approver"), ()),
    ("change.approved", _("Change approved"), ()),
    ("change.rejected", _("Change rejected"), ()),
    ("change.withdrawn", _("Change withdrawn"), ()),
    ("change.stopped", _("Change stopped by the old contact"), ()),
    ("change.stop_refused", _("Stop of a change refused"), ()),
    ("change.applied", _("Change applied"), ("before", "after")),
):
    register(EventType(name=_name, label=_label, subject="change_request", personal=_personal))
