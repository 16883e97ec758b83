"""Lists of uses and lines of things for compliance: to look at, masked, never to change."""

from django.contrib import admin
from django.urls import URLPattern
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from realname.access import menu
from realname.access.guards import has_permission
from realname.access.read_only import ReadOnlyAdmin
from registration import access
from registration.desk.iot import show
from registration.desk.urls import IOT_LINE_PATHS, IOT_USE_PATHS
from registration.models import IotLine, IotUse

for _url, _title, _icon, _may in (
    ("admin:registration_iotuse_changelist", _("Uses of lines of things"), "memory", "registration.view_iotuse"),
    ("admin:registration_iotline_changelist", _("Lines of things"), "sensors", "registration.view_iotline"),
):
    menu.hang(menu.Group.RECORDS, _title, icon=_icon, url=_url, may=has_permission(_may))
menu.hang(menu.Group.WORK, _("Lines of things"), icon="sensors", url="admin:registration_iotuse_own", may=access.may_keep_iot_uses)
menu.hang(
    menu.Group.WORK,
    _("Lines of things to judge"),
    icon="memory",
    url="admin:registration_iotuse_review",
    may=access.may_judge_iot_uses,
)


@admin.register(IotUse)
class IotUseAdmin(ReadOnlyAdmin):
    """Uses with their assessments (R-19)."""

    list_display = ("device_model", "organisation", "scene", "quantity", "level", "status", "created_at", "judged_at")
    list_filter = ("status", "level", "scene", "resold")
    search_fields = ("organisation__name", "=organisation__credit_code", "device_model")
    list_select_related = ("organisation",)
    ordering = ("-created_at",)
    fields = readonly_fields = (
        "organisation", "status", "reason", "scene", "purpose", "device_model", "quantity", "resold", "voice", "sms", "apn",
        "monthly_megabytes", "points", "level", "why", "policy_version", "entered_by", "created_at", "judged_at",
    )  # fmt: skip

    @display(description=_("reasons"))
    def why(self, use: IotUse) -> str:
        """The sentences of the assessment."""
        return " ".join(sentence for sentence, _points in show.reasons(use))

    def get_urls(self) -> list[URLPattern]:
        """The pages of the clerk and the reviewer come with it."""
        return [*IOT_USE_PATHS, *super().get_urls()]


@admin.register(IotLine)
class IotLineAdmin(ReadOnlyAdmin):
    """Lines of things with their limits (R-19)."""

    list_display = ("shown_number", "use", "status", "stop_reason", "stopped_at", "activated_at", "ended_at")
    list_filter = ("status", "stop_reason", "resold")
    search_fields = ("=id", "organisation__name", "=organisation__credit_code")
    list_select_related = ("use__organisation",)
    ordering = ("-activated_at",)
    fields = readonly_fields = (
        "shown_number", "use", "organisation", "status", "binding", "voice", "sms", "apn", "monthly_megabytes", "resold",
        "stop_reason", "stopped_at", "activated_at", "ended_at", "end_reason",
    )  # fmt: skip

    @display(description=_("phone number"))
    def shown_number(self, line: IotLine) -> str:
        """Masked."""
        return show.masked(line)

    def get_urls(self) -> list[URLPattern]:
        """The pages of the clerk and the reviewer come with it."""
        return [*IOT_LINE_PATHS, *super().get_urls()]
