"""Lists of this stage: the queue of applications to review, and checks and decisions to look at."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.defaultfilters import date as show_date
from django.urls import URLPattern
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from realname import masking
from realname.access import menu
from realname.access.guards import has_permission
from realname.access.read_only import ReadOnlyAdmin, status_column
from realname.vault.errors import KeyErased
from verification import access
from verification.desk.case import LEVEL_TONES, level_label
from verification.desk.filters import ClaimFilter, LevelFilter, OverdueFilter, ReasonFilter
from verification.desk.urls import PATHS
from verification.desk.words import finding_in_words
from verification.models import Check, Decision, Inquiry, Review
from verification.reasons import for_staff
from verification.selectors import review_queue
from verification.states import CheckStatus, Outcome, ReviewStatus

SHORT = "m-d H:i"

menu.hang(
    menu.Group.WORK,
    _("Applications to review"),
    icon="fact_check",
    url="admin:verification_review_changelist",
    may=access.may_see_queue,
)
for _url, _title, _icon, _may in (
    ("admin:verification_check_changelist", _("Checks"), "checklist", "verification.view_check"),
    ("admin:verification_decision_changelist", _("Decisions"), "gavel", "verification.view_decision"),
    ("admin:verification_inquiry_changelist", _("Questions to sources"), "contact_support", "verification.view_inquiry"),
):
    menu.hang(menu.Group.RECORDS, _title, icon=_icon, url=_url, may=has_permission(_may))


@admin.register(Review)
class ReviewAdmin(ReadOnlyAdmin):
    """The queue, in the order of `review_queue()`: gravest first, then by deadline. All masked (P-VER-5)."""

    list_display = ("reference", "masked_name", "shown_level", "deadline", "why", "claimed")
    page = "admin:verification_review_case"
    list_filter = (LevelFilter, ReasonFilter, ClaimFilter, OverdueFilter)
    list_per_page = 50
    sortable_by = ()
    opens = ("application",)
    search_fields = ("=application__reference",)
    search_help_text = _("Reference of the application.")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Review]:
        """The queue itself: its order is not for the list to change."""
        return review_queue()

    def get_urls(self) -> list[URLPattern]:
        """The pages of a case come with it."""
        return [*PATHS, *super().get_urls()]

    def has_view_permission(self, request: HttpRequest, obj: Review | None = None) -> bool:
        """Who may see the queue."""
        return access.may_see_queue(request.user)

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Who may see the queue."""
        return access.may_see_queue(request.user)

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Under the name that staff know it by."""
        return super().changelist_view(request, {"title": _("Applications to review"), **(extra_context or {})})

    @display(description=_("reference"))
    def reference(self, review: Review) -> str:
        """Of its application."""
        return review.application.reference

    @display(description=_("name"))
    def masked_name(self, review: Review) -> str:
        """Masked, as everywhere outside an opened case."""
        try:
            return masking.mask_name(review.application.name or "")
        except KeyErased:
            return ""

    @display(description=_("risk level"))
    def shown_level(self, review: Review) -> SafeString:
        """A word in its colour."""
        return _badge(level_label(review.level), LEVEL_TONES.get(review.level, "neutral"))

    @display(description=_("deadline"))
    def deadline(self, review: Review) -> SafeString:
        """When it should be closed; overdue ones say so."""
        at = show_date(timezone.localtime(review.deadline_at), SHORT)
        return format_html("{} {}", at, _badge(_("Overdue"), "bad")) if review.deadline_at < timezone.now() else format_html("{}", at)

    @display(description=_("reasons"))
    def why(self, review: Review) -> SafeString:
        """In words."""
        lines = format_html_join("", "<li>{}</li>", ((text,) for text in for_staff(review.reasons)))
        return format_html('<ul class="desk-reasons">{}</ul>', lines)

    @display(description=_("claimed by"))
    def claimed(self, review: Review) -> SafeString | str:
        """By whom, until when; a claim that ran out is none."""
        if review.status != ReviewStatus.CLAIMED or review.claimed_until <= timezone.now():
            return _("Free")
        until = show_date(timezone.localtime(review.claimed_until), "H:i")
        return format_html("{}<br>{}", review.reviewer.get_username(), _("until %(time)s") % {"time": until})


@admin.register(Check)
class CheckAdmin(ReadOnlyAdmin):
    """Every check with engine, score and threshold (P-VER-7). What was compared is shown in the case only."""

    frozen_by = "person__frozen_at"

    list_display = ("application", "kind", "shown_status", "score", "threshold", "engine", "milliseconds", "ended_at")
    list_filter = ("kind", "status")
    list_select_related = ("application",)
    search_fields = ("=application__reference",)
    search_help_text = _("Reference of the application.")
    ordering = ("-created_at",)
    fields = readonly_fields = (
        "application", "round", "kind", "status", "why", "found", "engine", "engine_version", "score", "threshold",
        "milliseconds", "attempts", "input_digest", "created_at", "started_at", "ended_at",
        "waiting_since", "next_try", "deadline_at", "owner",
    )  # fmt: skip

    shown_status = status_column(
        {
            CheckStatus.PASSED: "success",
            CheckStatus.FAILED: "danger",
            CheckStatus.INCONCLUSIVE: "warning",
            CheckStatus.ERROR: "warning",
            CheckStatus.WAITING: "warning",
        }
    )

    @display(description=_("reason"))
    def why(self, check: Check) -> str:
        """In words."""
        return " ".join(map(str, for_staff([check.reason])))

    @display(description=_("asked again at"))
    def next_try(self, check: Check) -> Any:
        """Of one that waits for a source."""
        return check.not_before if check.status == CheckStatus.WAITING else None

    @display(description=_("findings"))
    def found(self, check: Check) -> str:
        """In words."""
        return "; ".join(map(finding_in_words, check.findings))


@admin.register(Decision)
class DecisionAdmin(ReadOnlyAdmin):
    """Every decision with its reasons."""

    frozen_by = "person__frozen_at"

    list_display = ("application", "shown_outcome", "why", "shown_level", "automatic", "decided_by", "decided_at")
    list_filter = ("outcome", "automatic", "risk_level")
    list_select_related = ("application",)
    search_fields = ("=application__reference",)
    search_help_text = _("Reference of the application.")
    ordering = ("-decided_at",)
    fields = readonly_fields = (
        "application", "round", "outcome", "why", "shown_level", "policy_version", "automatic", "decided_by", "note", "decided_at",
    )  # fmt: skip

    @display(
        description=_("outcome"),
        ordering="outcome",
        label={Outcome.APPROVE: "success", Outcome.REVIEW: "info", Outcome.RESUBMIT: "warning", Outcome.REJECT: "danger"},
    )
    def shown_outcome(self, decision: Decision) -> tuple[str, str]:
        """The outcome, and its word."""
        return decision.outcome, decision.get_outcome_display()

    @display(description=_("risk level"), ordering="risk_level")
    def shown_level(self, decision: Decision) -> str:
        """In a word."""
        return level_label(decision.risk_level)

    @display(description=_("reasons"))
    def why(self, decision: Decision) -> str:
        """In words."""
        return " ".join(map(str, for_staff(decision.reasons)))


@admin.register(Inquiry)
class InquiryAdmin(ReadOnlyAdmin):
    """What sources were asked, when, at what cost, and how it ended (P-VER-2); neither the question's data nor the answer's are kept."""

    frozen_by = "person__frozen_at"

    list_display = ("asked_at", "application", "fact", "source", "shown_outcome", "cents", "milliseconds", "attempts", "answered_at")
    list_filter = ("source", "fact", "outcome")
    list_select_related = ("application",)
    search_fields = ("=application__reference", "=reference")
    search_help_text = _("Reference of the application, or the source's own of the question.")
    ordering = ("-asked_at",)
    fields = readonly_fields = (
        "application", "fact", "source", "outcome", "portrait", "cents", "asked_at", "answered_at", "milliseconds", "attempts", "reference",
        "request_key", "digest",
    )  # fmt: skip

    @display(description=_("outcome"), ordering="outcome")
    def shown_outcome(self, inquiry: Inquiry) -> str:
        """In words; an answer that has not come, or does not hold, says so."""
        return inquiry.get_outcome_display() or str(_("No answer yet"))


def _badge(label: Any, tone: str) -> SafeString:
    return format_html('<span class="desk-badge desk-badge--{}">{}</span>', tone, label)
