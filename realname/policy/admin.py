"""The place of the policy's pages in the admin."""

from django.contrib import admin
from django.http import HttpRequest
from django.urls import URLPattern
from django.utils.translation import gettext_lazy as _

from realname.access import menu
from realname.access.read_only import ReadOnlyAdmin

from . import access
from .desk.urls import PATHS
from .models import PolicyVersion

menu.hang(menu.Group.OVERSIGHT, _("Policy"), icon="tune", url="admin:policy_policyversion_changelist", may=access.may_see)
menu.hang(menu.Group.OVERSIGHT, _("Versions of the policy"), icon="history", url="admin:policy_history", may=access.may_see)


@admin.register(PolicyVersion)
class PolicyVersionAdmin(ReadOnlyAdmin):
    """Pages instead of a list."""

    def get_urls(self) -> list[URLPattern]:
        """Only the pages."""
        return PATHS

    def has_view_permission(self, request: HttpRequest, obj: PolicyVersion | None = None) -> bool:
        """Who may see the policy."""
        return access.may_see(request.user)

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Who may see the policy."""
        return access.may_see(request.user)
