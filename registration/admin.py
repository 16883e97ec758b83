"""Lists of this stage: to look at, masked, never to change. Services own every row."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.defaultfilters import date as show_date
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from realname import masking
from realname.access import menu
from realname.access.guards import has_permission
from realname.access.read_only import ReadOnlyAdmin, status_column
from realname.vault.errors import KeyErased
from registration import access
from registration.desk.factors import factors
from registration.desk.iot import lists as iot_lists  # noqa: F401 - the lists of lines of things
from registration.desk.rights import rights_case
from registration.desk.shop import lists  # noqa: F401 - the lists of dealers and shops
from registration.desk.urls import BULK_PATHS, HOLD_PATHS, LINE_PATHS, NUMBER_PATHS, ORGANISATION_PATHS, RETENTION_PATHS
from registration.models import (
    Application,
    BulkImport,
    Consent,
    Delivery,
    LegalHold,
    Line,
    Number,
    Organisation,
    Person,
    RetentionRun,
    RightsRequest,
)
from registration.states import ApplicationStatus, DeliveryStatus, LineStatus, NumberStatus, RightsStatus

ERASED = _("erased")
for _url, _title, _icon, _may in (
    ("admin:registration_application_changelist", _("Applications"), "assignment_ind", "registration.view_application"),
    ("admin:registration_person_changelist", _("Persons"), "person", "registration.view_person"),
    ("admin:registration_line_changelist", _("Lines"), "sim_card", "registration.view_line"),
    ("admin:registration_number_changelist", _("Inventory of numbers"), "dialpad", "registration.view_number"),
    ("admin:registration_consent_changelist", _("Consents"), "handshake", "registration.view_consent"),
    ("admin:registration_retention", _("Erasure of old data"), "auto_delete", "registration.view_retentionrun"),
    ("admin:registration_legalhold_changelist", _("Legal holds"), "gavel", "registration.view_legalhold"),
    ("admin:registration_bulkimport_changelist", _("Bulk imports"), "upload_file", "registration.view_bulkimport"),
    ("admin:registration_organisation_changelist", _("Organisations"), "domain", "registration.view_organisation"),
    ("admin:registration_delivery_changelist", _("Messages to phones"), "sms", "registration.view_delivery"),
):
    menu.hang(menu.Group.RECORDS, _title, icon=_icon, url=_url, may=has_permission(_may))
menu.hang(menu.Group.RECORDS, _("Place a legal hold"), icon="gavel", url="admin:registration_legalhold_place", may=access.may_hold_data)
menu.hang(
    menu.Group.RECORDS,
    _("Take numbers into stock"),
    icon="playlist_add",
    url="admin:registration_number_stock",
    may=access.may_stock_numbers,
)
menu.hang(
    menu.Group.WORK,
    _("Requests about personal data"),
    icon="privacy_tip",
    url="admin:registration_rightsrequest_changelist",
    may=access.may_answer_rights,
)
menu.hang(menu.Group.WORK, _("Lists of people"), icon="group_add", url="admin:registration_bulk", may=access.may_import_people)
menu.hang(menu.Group.WORK, _("Organisations"), icon="domain", url="admin:registration_organisation_own", may=access.may_keep_organisations)
menu.hang(
    menu.Group.WORK,
    _("Organisations to judge"),
    icon="domain_verification",
    url="admin:registration_organisation_review",
    may=access.may_judge_organisations,
)


class MaskedAdmin(ReadOnlyAdmin):
    """Shows sealed fields masked."""

    @display(description=_("name"))
    def masked_name(self, row: Any) -> str:
        """Of an application or a person."""
        return _masked(row, "name", masking.mask_name)

    @display(description=_("ID number"))
    def masked_id_number(self, row: Any) -> str:
        """Of an application or a person."""
        return _masked(row, "id_number", masking.mask_id_number)

    @display(description=_("phone number"))
    def masked_phone(self, row: Any) -> str:
        """Of an application."""
        return _masked(row, "phone", masking.mask_phone)

    @display(description=_("address"))
    def masked_address(self, row: Any) -> str:
        """Of an application or a person."""
        return _masked(row, "address", masking.mask_address)


def _masked(row: Any, field: str, mask: Any) -> str:
    try:
        return mask(getattr(row, field) or "")
    except KeyErased:
        return str(ERASED)


@admin.register(Application)
class ApplicationAdmin(MaskedAdmin):
    """Applications, newest first."""

    frozen_by = "person__frozen_at"

    list_display = ("reference", "masked_name", "masked_phone", "shown_status", "path", "channel", "submitted_at", "decided_at")
    list_filter = ("status", "path", "channel")
    search_fields = ("=reference",)
    search_help_text = _("Reference of the application.")
    ordering = ("-created_at",)
    fields = readonly_fields = (
        "reference", "status", "path", "channel", "document_type", "masked_name", "masked_id_number", "masked_phone", "masked_address",
        "round", "reason_codes", "items_to_resubmit", "created_at", "phone_proven_at", "details_entered_at", "submitted_at",
        "decided_at", "expires_at",
    )  # fmt: skip

    shown_status = status_column(
        {
            ApplicationStatus.ACTIVATED: "success",
            ApplicationStatus.APPROVED: "success",
            ApplicationStatus.IN_REVIEW: "warning",
            ApplicationStatus.NEEDS_RESUBMISSION: "warning",
            ApplicationStatus.REJECTED: "danger",
            ApplicationStatus.VERIFYING: "info",
        }
    )


@admin.register(Person)
class PersonAdmin(MaskedAdmin):
    """Persons who were verified: provisional ones have nothing to show."""

    frozen_by = "frozen_at"

    list_display = ("short_id", "masked_name", "masked_id_number", "verified_at", "created_at")
    ordering = ("-created_at",)
    search_fields = ("=id",)
    search_help_text = _("Whole id of the person.")
    fields = readonly_fields = (
        "id", "masked_name", "masked_id_number", "masked_address", "verified_at", "merged_into", "created_at", "frozen_at",
        "second_factors",
    )  # fmt: skip

    def get_urls(self) -> list[URLPattern]:
        """The page of the second factors comes with it."""
        return [path("<uuid:person_id>/factors/", factors, name="registration_person_factors"), *super().get_urls()]

    def get_fields(self, request: HttpRequest, obj: Person | None = None) -> list[str]:
        """The way to the removal of second factors is shown to those who may go it."""
        return [name for name in self.fields if name != "second_factors" or access.may_remove_factors(request.user)]

    @display(description=_("second factors"))
    def second_factors(self, person: Person) -> SafeString:
        """Leads to their removal."""
        return format_html(
            '<a class="desk-link" href="{}">{}</a>',
            reverse("admin:registration_person_factors", args=[person.pk]),
            _("Remove second factors"),
        )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Person]:
        """Verified ones."""
        return super().get_queryset(request).filter(verified_at__isnull=False)

    @display(description=_("person"))
    def short_id(self, person: Person) -> str:
        """Enough to tell rows apart."""
        return str(person.pk)[:8]


@admin.register(Line)
class LineAdmin(MaskedAdmin):
    """Lines, newest first."""

    frozen_by = "person__frozen_at"

    list_display = ("masked_number", "shown_status", "application", "contracting_party", "activated_at", "ended_at")
    list_filter = ("status",)
    list_select_related = ("application", "organisation")
    search_fields = ("=application__reference",)
    search_help_text = _("Reference of the application.")
    ordering = ("-activated_at",)
    fields = readonly_fields = ("masked_number", "status", "application", "contracting_party", "activated_at", "ended_at", "end_reason")

    def get_urls(self) -> list[URLPattern]:
        """The page that ends a line comes with it."""
        return [*LINE_PATHS, *super().get_urls()]

    def get_list_display(self, request: HttpRequest) -> tuple[str, ...]:
        """With the act, for those whose role it is."""
        return (*self.list_display, "acts") if access.may_terminate_lines(request.user) else self.list_display

    @display(description=_("acts"))
    def acts(self, line: Line) -> SafeString | str:
        """Leads to the page that ends it."""
        if line.status not in LineStatus.held():
            return "–"
        url = reverse("admin:registration_line_terminate", args=[line.pk])
        return format_html('<a class="desk-link" href="{}">{}</a>', url, _("Terminate"))

    @display(description=_("contracting party"))
    def contracting_party(self, line: Line) -> str:
        """The organisation, where the person is only the actual user (R-03)."""
        return line.organisation.name if line.organisation else "–"

    @display(description=_("phone number"))
    def masked_number(self, line: Line) -> str:
        """Masked."""
        return _masked(line, "number", masking.mask_phone)

    shown_status = status_column({LineStatus.ACTIVE: "success", LineStatus.RESTRICTED: "warning", LineStatus.SUSPENDED: "danger"})


@admin.register(Number)
class NumberAdmin(ReadOnlyAdmin):
    """The inventory. What somebody holds, held until lately or has chosen is masked; what is in stock is nobody's."""

    list_display = ("shown_number", "shown_status", "pattern", "region", "stocked", "quarantine_until", "freed_on")
    list_filter = ("status", "of_things", "pattern", "stocked")
    ordering = ("pk",)
    list_per_page = 50
    fields = readonly_fields = ("shown_number", "status", "pattern", "region", "stocked", "quarantine_until", "freed_on")

    def get_urls(self) -> list[URLPattern]:
        """The page that takes numbers into stock comes with it."""
        return [*NUMBER_PATHS, *super().get_urls()]

    @display(description=_("phone number"))
    def shown_number(self, number: Number) -> str:
        """Masked unless in stock."""
        return number.number if number.status == NumberStatus.AVAILABLE else masking.mask_phone(number.number)

    shown_status = status_column({NumberStatus.AVAILABLE: "success", NumberStatus.RESERVED: "info", NumberStatus.QUARANTINE: "warning"})


@admin.register(Consent)
class ConsentAdmin(ReadOnlyAdmin):
    """What was agreed to, by version."""

    frozen_by = "person__frozen_at"

    list_display = ("application", "purpose", "version", "language", "given_at", "withdrawn_at")
    list_filter = ("purpose", "version")
    list_select_related = ("application",)
    search_fields = ("=application__reference",)
    search_help_text = _("Reference of the application.")
    ordering = ("-given_at",)
    fields = readonly_fields = ("application", "purpose", "version", "notice_digest", "language", "given_at", "withdrawn_at")


@admin.register(RightsRequest)
class RightsRequestAdmin(MaskedAdmin):
    """Requests about personal data, those that are due first on top (R-31)."""

    list_display = ("reference", "kind", "shown_status", "created_at", "shown_due")
    page = "admin:registration_rightsrequest_case"
    list_filter = ("status", "kind")
    search_fields = ("=reference",)
    search_help_text = _("Reference of the request.")
    ordering = ("answered_at", "due_at")

    def get_urls(self) -> list[URLPattern]:
        """The page of a request comes with it."""
        return [path("<uuid:request_id>/case/", rights_case, name="registration_rightsrequest_case"), *super().get_urls()]

    def has_view_permission(self, request: HttpRequest, obj: RightsRequest | None = None) -> bool:
        """Who answers them."""
        return access.may_answer_rights(request.user)

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Who answers them."""
        return access.may_answer_rights(request.user)

    shown_status = status_column({RightsStatus.GRANTED: "success", RightsStatus.REFUSED: "danger", RightsStatus.RECEIVED: "info"})

    @display(description=_("due"), ordering="due_at")
    def shown_due(self, asked: RightsRequest) -> SafeString | str:
        """The last day; late ones say so."""
        day = show_date(timezone.localtime(asked.due_at), "Y-m-d")
        return format_html('{} <span class="desk-badge desk-badge--bad">{}</span>', day, _("Overdue")) if asked.overdue else day


@admin.register(Delivery)
class DeliveryAdmin(ReadOnlyAdmin):
    """Messages on their way to phones, and why some did not arrive (P-PAR-2). Neither number nor text is kept with them."""

    frozen_by = "person__frozen_at"
    list_display = ("created_at", "kind", "channel", "gateway", "shown_status", "cause", "attempts", "ended_at")
    list_filter = ("status", "cause", "channel", "gateway", "kind")
    search_fields = ("=about", "=person__id")
    search_help_text = _("Whole id of the code or change, or of the person.")
    ordering = ("-created_at",)
    fields = readonly_fields = (
        "kind", "about", "channel", "gateway", "status", "cause", "attempts", "created_at", "accepted_at", "ended_at",
    )  # fmt: skip

    shown_status = status_column(
        {
            DeliveryStatus.PENDING: "info",
            DeliveryStatus.SUBMITTING: "info",
            DeliveryStatus.ACCEPTED: "info",
            DeliveryStatus.DELIVERED: "success",
            DeliveryStatus.FAILED: "danger",
            DeliveryStatus.UNCONFIRMED: "warning",
        }
    )


@admin.register(RetentionRun)
class RetentionRunAdmin(ReadOnlyAdmin):
    """What the daily erasure did, and what dry runs found, by rule (R-06, R-28)."""

    list_display = ("rule", "day", "dry", "due", "erased", "held", "failed", "oldest", "ended_at")
    list_filter = ("dry", "rule")
    ordering = ("-as_of", "rule")
    fields = readonly_fields = ("rule", "day", "dry", "as_of", "due", "erased", "held", "failed", "oldest", "ended_at")

    def get_urls(self) -> list[URLPattern]:
        """The report with what was erased and kept comes with it."""
        return [*RETENTION_PATHS, *super().get_urls()]


@admin.register(LegalHold)
class LegalHoldAdmin(ReadOnlyAdmin):
    """What is kept although its time is over, and on whose order."""

    list_display = ("authority_reference", "reason", "placed_at", "until", "placed_by_name", "lifted_at", "lifted_by_name")
    page = "admin:registration_legalhold_case"
    search_fields = ("=authority_reference", "=person__id")
    search_help_text = _("Reference of the authority, or whole id of the person.")
    ordering = ("-placed_at",)

    def get_urls(self) -> list[URLPattern]:
        """The pages that place one, and that show and lift it, come with it."""
        return [*HOLD_PATHS, *super().get_urls()]


@admin.register(BulkImport)
class BulkImportAdmin(ReadOnlyAdmin):
    """Lists of people that organisations handed in: who took them in, and how far they are. Of the people nothing is shown."""

    list_display = ("created_at", "organisation", "staff", "rows_total", "status", "ended_at")
    list_filter = ("status",)
    search_fields = ("organisation__name", "organisation__credit_code")
    list_select_related = ("staff", "organisation")
    ordering = ("-created_at",)
    fields = readonly_fields = ("id", "organisation", "staff", "rows_total", "encoding", "status", "created_at", "ended_at")

    def get_urls(self) -> list[URLPattern]:
        """The clerk's pages come with it."""
        return [*BULK_PATHS, *super().get_urls()]


@admin.register(Organisation)
class OrganisationAdmin(ReadOnlyAdmin):
    """Organisations that are or may become contracting parties. Of their agents nothing is shown."""

    list_display = ("name", "credit_code", "status", "entered_by", "created_at", "judged_at")
    list_filter = ("status",)
    search_fields = ("name", "=credit_code")
    list_select_related = ("entered_by",)
    ordering = ("-created_at",)
    fields = readonly_fields = (
        "id",
        "name",
        "credit_code",
        "address",
        "line_limit",
        "status",
        "reason",
        "entered_by",
        "created_at",
        "judged_at",
    )

    def get_urls(self) -> list[URLPattern]:
        """The pages of the clerk and the reviewer come with it."""
        return [*ORGANISATION_PATHS, *super().get_urls()]
