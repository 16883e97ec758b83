"""Staff accounts: kept by administrators, who see nothing of any person."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin
from unfold.decorators import action
from unfold.forms import AdminPasswordChangeForm, UserChangeForm, UserCreationForm

from realname.access import menu, second_factor
from realname.access.actor import actor_from_request
from realname.access.guards import has_permission
from realname.access.models import Staff
from realname.trail import record
from realname.trail.subject import SubjectRef

menu.hang(menu.Group.STAFF, _("Staff members"), icon="badge", url="admin:access_staff_changelist", may=has_permission("access.view_staff"))
for _url, _title, _icon, _may in (
    ("admin:trail_event_changelist", _("Trail"), "receipt_long", "trail.view_event"),
    ("admin:trail_seal_changelist", _("Seals"), "verified", "trail.view_seal"),
    ("admin:trail_listenercursor_changelist", _("Listeners"), "hearing", "trail.view_listenercursor"),
):
    menu.hang(menu.Group.OVERSIGHT, _title, icon=_icon, url=_url, may=has_permission(_may))


@admin.register(Staff)
class StaffAdmin(UserAdmin, ModelAdmin):
    """Accounts are never deleted, since the trail names them: they are made inactive."""

    form, add_form, change_password_form = UserChangeForm, UserCreationForm, AdminPasswordChangeForm
    list_display = ("username", "full_name", "role", "is_active", "last_login")
    list_filter = ("role", "is_active")
    search_fields = ("username", "first_name", "last_name")
    ordering = ("username",)
    filter_horizontal = ()
    readonly_fields = ("last_login", "date_joined")
    actions = ("remove_second_factor",)
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        (_("Person"), {"fields": ("last_name", "first_name", "email")}),
        (_("What they may do"), {"fields": ("role", "is_active")}),
        (_("Dates"), {"fields": ("last_login", "date_joined")}),
    )
    add_fieldsets = ((None, {"classes": ("wide",), "fields": ("username", "role", "password1", "password2")}),)

    @admin.display(description=_("name"))
    def full_name(self, staff: Staff) -> str:
        """As the person is called."""
        return staff.get_full_name()

    def get_readonly_fields(self, request: HttpRequest, obj: Staff | None = None) -> tuple[str, ...]:
        """Nobody gives a role to themselves, or shuts themselves out."""
        return (*self.readonly_fields, "role", "is_active") if obj is not None and obj.pk == request.user.pk else self.readonly_fields

    def has_delete_permission(self, request: HttpRequest, obj: Staff | None = None) -> bool:
        """Nobody may."""
        return False

    def save_model(self, request: HttpRequest, obj: Staff, form: Any, change: bool) -> None:
        """Save and write down what changed, by names of fields."""
        obj.is_staff = True
        with transaction.atomic():
            super().save_model(request, obj, form, change)
            record(
                "staff.changed" if change else "staff.created",
                actor=actor_from_request(request),
                subject=obj,
                data={"fields": sorted(form.changed_data), "role": obj.role, "active": obj.is_active},
            )

    def log_change(self, request: HttpRequest, obj: Staff, message: Any) -> Any:
        """A new password goes by another way than `save_model`: it is written down here."""
        if request.resolver_match.url_name == "auth_user_password_change":
            with transaction.atomic():
                record(
                    "staff.changed", actor=actor_from_request(request), subject=SubjectRef("staff", obj.pk), data={"fields": ["password"]}
                )
        return super().log_change(request, obj, message)

    @action(description=_("Remove the second factor, so that a new one is set up at the next sign-in"), permissions=["change"])
    def remove_second_factor(self, request: HttpRequest, queryset: Any) -> None:
        """For who lost their telephone; not for oneself, since one could not come in again unseen."""
        for staff in queryset.exclude(pk=request.user.pk):
            with transaction.atomic():
                if second_factor.remove_devices(staff):
                    record("staff.second_factor_removed", actor=actor_from_request(request), subject=staff)
        self.message_user(request, _("The second factor was removed."))
