"""Lists of this stage: the changes, newest first, masked."""

from django.contrib import admin
from django.http import HttpRequest
from django.urls import URLPattern
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from changes import access
from changes.desk.case import TONES
from changes.desk.finding import masked_values
from changes.desk.urls import PATHS
from changes.models import ChangeRequest
from changes.states import ChangeStatus
from realname.access import menu
from realname.access.read_only import ReadOnlyAdmin

for _group, _title, _icon, _url, _may in (
    (menu.Group.WORK, _("Changes"), "published_with_changes", "admin:changes_changerequest_changelist", access.may_see),
    (menu.Group.WORK, _("Change a contact phone"), "phone_forwarded", "admin:changes_changerequest_request", access.may_request),
):
    menu.hang(_group, _title, icon=_icon, url=_url, may=_may)


@admin.register(ChangeRequest)
class ChangeRequestAdmin(ReadOnlyAdmin):
    """Changes and where they stand (P-CHG-1)."""

    frozen_by = "person__frozen_at"

    list_display = ("reference", "kind", "what", "shown_status", "requested_by_name", "requested_at", "cooling_off_until")
    page = "admin:changes_changerequest_case"
    list_filter = ("status", "kind")
    search_fields = ("=reference",)
    search_help_text = _("Reference of the change.")
    ordering = ("-requested_at",)
    list_per_page = 50

    def get_urls(self) -> list[URLPattern]:
        """The pages of a change come with it."""
        return [*PATHS, *super().get_urls()]

    def has_view_permission(self, request: HttpRequest, obj: ChangeRequest | None = None) -> bool:
        """Who may see changes."""
        return access.may_see(request.user)

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Who may see changes."""
        return access.may_see(request.user)

    @display(description=_("change"))
    def what(self, change: ChangeRequest) -> str:
        """Before and after."""
        return " → ".join(masked_values(change))

    @display(description=_("status"), ordering="status")
    def shown_status(self, change: ChangeRequest) -> SafeString:
        """A word in its colour."""
        tone = TONES.get(ChangeStatus(change.status), "neutral")
        return format_html('<span class="desk-badge desk-badge--{}">{}</span>', tone, change.get_status_display())
