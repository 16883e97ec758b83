"""Which role holds which permissions: one table, and the groups kept equal to it."""

from typing import Any

from django.apps import AppConfig, apps
from django.contrib.auth.management import create_permissions

from realname.access.models import Role, Staff

_CASES = {
    "registration.view_application",
    "registration.view_consent",
    "registration.view_delivery",
    "registration.view_line",
    "registration.view_number",
    "risk.view_score",
    "verification.view_check",
    "verification.view_decision",
    "verification.view_inquiry",
    "verification.view_review",
}
_PERSONS = {"registration.view_person"}

# Lists in the admin ask for these; acts ask the policies of each stage (`access.py`), which know role and state.
PERMISSIONS: dict[Role, frozenset[str]] = {
    Role.REVIEWER: frozenset(_CASES),
    Role.SENIOR_REVIEWER: frozenset(_CASES | _PERSONS),
    Role.RISK_OFFICER: frozenset((_CASES | _PERSONS) - {"verification.view_review"}),
    Role.COMPLIANCE: frozenset(
        {
            *_CASES,
            *_PERSONS,
            "registration.view_bulkimport",
            "registration.view_iotline",
            "registration.view_iotuse",
            "registration.view_legalhold",
            "registration.view_organisation",
            "registration.view_retentionrun",
            "trail.view_event",
            "trail.view_seal",
            "trail.view_listenercursor",
            "access.view_staff",
        }
    ),
    Role.CLERK: frozenset(),
    # signs dealers, opens shops, posts clerks; sees nothing of any person
    Role.SALES_MANAGER: frozenset(),
    Role.ENTERPRISE_CLERK: frozenset(),
    # keeps accounts and sees nothing of any person
    Role.ADMINISTRATOR: frozenset({"access.view_staff", "access.add_staff", "access.change_staff"}),
}


def join_group(staff: Staff) -> None:
    """Make the group of the role the only one of this staff member."""
    from django.contrib.auth.models import Group

    staff.groups.set([Group.objects.get_or_create(name=staff.role)[0]] if staff.role else [])


def sync_groups() -> None:
    """Make every role's group hold exactly what the table says. A permission whose app is not migrated yet is left out."""
    from django.contrib.auth.models import Group, Permission

    known = {
        f"{app}.{codename}": pk
        for pk, app, codename in Permission.objects.values_list("pk", "content_type__app_label", "codename")
    }  # fmt: skip
    for role, names in PERMISSIONS.items():
        group, _ = Group.objects.get_or_create(name=role)
        group.permissions.set([known[name] for name in names if name in known])


def after_migrate(sender: AppConfig, **kwargs: Any) -> None:
    """Keep the groups in step, once, when the last app's permissions exist."""
    last = [config for config in apps.get_app_configs() if config.models_module is not None][-1]
    if sender.label == last.label:
        create_permissions(sender, verbosity=0)
        sync_groups()
