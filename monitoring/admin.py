"""The place of the KPI page in the admin."""

from django.contrib import admin
from django.http import HttpRequest
from django.urls import URLPattern
from django.utils.translation import gettext_lazy as _

from monitoring import access
from monitoring.desk.urls import PATHS
from monitoring.models import Kpis
from realname.access import menu
from realname.access.read_only import ReadOnlyAdmin

menu.hang(menu.Group.OVERSIGHT, _("Live KPIs"), icon="monitoring", url="admin:monitoring_kpis_changelist", may=access.may_see_kpis)


@admin.register(Kpis)
class KpisAdmin(ReadOnlyAdmin):
    """A page instead of a list."""

    def get_urls(self) -> list[URLPattern]:
        """Only the page and the part of it that renews itself."""
        return PATHS

    def has_view_permission(self, request: HttpRequest, obj: Kpis | None = None) -> bool:
        """Who may see KPIs."""
        return access.may_see_kpis(request.user)

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Who may see KPIs."""
        return access.may_see_kpis(request.user)
