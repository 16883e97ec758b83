"""Lists of this stage."""

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from realname.access import menu
from realname.access.read_only import ReadOnlyAdmin
from risk import access
from risk.models import Score
from risk.reasons import text_for
from risk.states import RiskLevel

# every level: one that is left out would be shown by its code
TONES = {RiskLevel.LOW: "success", RiskLevel.MEDIUM: "info", RiskLevel.HIGH: "warning", RiskLevel.CRITICAL: "danger"}

menu.hang(menu.Group.RECORDS, _("Risk scores"), icon="speed", url="admin:risk_score_changelist", may=access.may_see_scores)


@admin.register(Score)
class ScoreAdmin(ReadOnlyAdmin):
    """Grades, newest first: to look at, never to change."""

    frozen_by = "person__frozen_at"

    list_display = ("application", "shown_level", "points", "why", "policy_version", "graded_at")
    list_filter = ("level",)
    list_select_related = ("application",)
    search_fields = ("=application__reference",)
    search_help_text = _("Reference of the application.")
    ordering = ("-graded_at",)
    fields = readonly_fields = ("application", "round", "level", "points", "why", "hits", "policy_version", "graded_at")

    @display(description=_("risk level"), ordering="level", label=TONES)
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
