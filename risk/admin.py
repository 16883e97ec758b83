"""Lists of this stage."""

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin
from unfold.decorators import display

from risk import access
from risk.models import Score
from risk.reasons import text_for
from risk.states import RiskLevel


@admin.register(Score)
class ScoreAdmin(ModelAdmin):
    """Grades, newest first: to look at, never to change."""

    actions = None
    list_display = ("application", "shown_level", "points", "why", "policy_version", "graded_at")
    list_filter = ("level",)
    list_select_related = ("application",)
    search_fields = ("=application__reference",)
    search_help_text = _("Reference of the application.")
    ordering = ("-graded_at",)
    fields = readonly_fields = ("application", "round", "level", "points", "why", "hits", "policy_version", "graded_at")

    @display(description=_("risk level"), ordering="level", label={RiskLevel.HIGH: "warning", RiskLevel.CRITICAL: "danger"})
    def shown_level(self, score: Score) -> tuple[str, str]:
        """The level, and its name."""
        return score.level, score.get_level_display()

    @display(description=_("reasons"))
    def why(self, score: Score) -> str:
        """The sentences for staff."""
        return " ".join(text_for(code) for code in score.reasons)

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Those who judge risk."""
        return access.may_see_scores(request.user)

    def has_view_permission(self, request: HttpRequest, obj: Score | None = None) -> bool:
        """Those who judge risk."""
        return access.may_see_scores(request.user)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody may: grades are given by the rules."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Score | None = None) -> bool:
        """Nobody may."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Score | None = None) -> bool:
        """Nobody may."""
        return False
