"""What policy says into the trail."""

from django.utils.translation import gettext_lazy as _

from realname.trail import EventType, register

for _name, _label, _subject in (
    ("policy.drafted", _("Policy draft begun"), "policy_draft"),
    ("policy.edited", _("Policy draft edited"), "policy_draft"),
    ("policy.rehearsed", _("Dry run of a policy draft asked for"), "policy_draft"),
    ("policy.proposed", _("Policy draft proposed"), "policy_draft"),
    ("policy.returned", _("Policy draft returned to its author"), "policy_draft"),
    ("policy.renewed", _("Policy draft laid upon a newer version"), "policy_draft"),
    ("policy.withdrawn", _("Policy draft withdrawn"), "policy_draft"),
    ("policy.published", _("Policy version published"), "policy_version"),
    ("policy.cancelled", _("Scheduled policy version cancelled"), "policy_version"),
):
    register(EventType(name=_name, label=_label, subject=_subject))
