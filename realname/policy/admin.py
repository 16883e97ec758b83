"""The history of the policy, to be read only: changes go through `set_value`."""

from django.contrib import admin
from django.http import HttpRequest
from unfold.admin import ModelAdmin

from .models import PolicyVersion


@admin.register(PolicyVersion)
class PolicyVersionAdmin(ModelAdmin):
    """Who changed what, when and why."""

    list_display = ("number", "created_at", "changed_key", "actor_name", "note")
    search_fields = ("changed_key", "note", "actor_name")
    ordering = ("-number",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Never: a form cannot check a parameter's type and range."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: PolicyVersion | None = None) -> bool:
        """Never: versions are append-only."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: PolicyVersion | None = None) -> bool:
        """Never: versions are append-only."""
        return False
