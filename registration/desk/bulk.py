"""The clerk for organisations takes in a list of people: upload, look, confirm, watch, report."""

import re
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe
from unfold.widgets import SELECT_CLASSES, UnfoldAdminFileFieldWidget

from realname import masking
from realname.access.actor import actor_from_request
from realname.access.guards import desk_page, visible
from realname.ui.uploads import takes_file
from registration.access import may_import_people
from registration.bulk.columns import NEEDED, meaning_of
from registration.bulk.errors import MESSAGES, FileRefused
from registration.bulk.limits import FILE_BYTES
from registration.bulk.outcomes import Outcome
from registration.bulk.report import report_csv
from registration.bulk.text_file import ENCODINGS
from registration.errors import BulkRefused, OrganisationRefused
from registration.models import BulkImport, Organisation
from registration.services.bulk.take_in import Preview, cancel_bulk_import, confirm_bulk_import, preview, upload_bulk_import
from registration.services.bulk.take_report import take_report
from registration.services.bulk.work_through import outcomes_of
from registration.states import BulkStatus, OrganisationStatus

TONES = {BulkStatus.DONE: "good", BulkStatus.CANCELLED: "bad", BulkStatus.UPLOADED: "neutral"}
# characters of a heading in a list to choose from
HEADING_SHOWN = 30
# rows of the report on its page; all of them are in the file
SHOWN = 100


class UploadForm(forms.Form):
    """The organisation, which must be approved, and the file."""

    organisation = forms.ModelChoiceField(
        label=_("Organisation"),
        queryset=Organisation.objects.filter(status=OrganisationStatus.APPROVED).order_by("name"),
        widget=forms.Select({"class": " ".join(SELECT_CLASSES)}),
    )
    file = forms.FileField(
        label=_("List of people"),
        help_text=_("CSV or Excel (.xlsx), at most 10,000 rows and 4 MB. The first row names the columns: name, ID number, phone number."),
        widget=UnfoldAdminFileFieldWidget({"accept": ".csv,.xlsx"}),
        allow_empty_file=True,
    )

    def clean_file(self) -> UploadedFile:
        """Not so large that reading it would hold up others."""
        file = self.cleaned_data["file"]
        if file.size > min(FILE_BYTES, settings.UPLOAD_MAX_BYTES):
            raise ValidationError(MESSAGES["bulk_too_large"], code="bulk_too_large")
        return file


class ReadingForm(forms.Form):
    """How a file is read: a text in which encoding, and which column is what. It is only shown: the preview says what is wrong."""

    encoding = forms.ChoiceField(label=_("The text is read as"), choices=list(ENCODINGS.items()))
    name = forms.ChoiceField(label=_("Column of the name"))
    id_number = forms.ChoiceField(label=_("Column of the ID number"))
    phone = forms.ChoiceField(label=_("Column of the phone number"))

    def __init__(self, *, encoding: str, headings: list[str], columns: Mapping[str, int]) -> None:
        # those known by their heading, where not all are
        known = {meaning_of(heading): place for place, heading in enumerate(headings)}
        super().__init__(initial={**known, "encoding": encoding, **columns})
        if not encoding:
            del self.fields["encoding"]
        places = [(place, f"{_letters(place)} · {heading[:HEADING_SHOWN]}") for place, heading in enumerate(headings)]
        for field in self.fields.values():
            field.widget.attrs["class"] = " ".join(SELECT_CLASSES)
        for meaning in NEEDED:
            if headings:
                self.fields[meaning].choices = [("", _("Choose a column")), *places]
            else:
                del self.fields[meaning]


@takes_file
@desk_page(may_import_people)
def bulk(request: HttpRequest) -> HttpResponse:
    """The clerk's own lists, and the form for a new one."""
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if form.is_valid():
        given = form.cleaned_data
        try:
            new = upload_bulk_import(
                actor=actor_from_request(request),
                staff=request.user,
                organisation_id=given["organisation"].pk,
                content=given["file"].read(),
            )
            return redirect("admin:registration_bulk_import", import_id=new.pk)
        except (BulkRefused, FileRefused, OrganisationRefused) as refusal:
            form.add_error("file", refusal.message)
    own = BulkImport.objects.filter(staff=request.user).select_related("organisation")[:50]
    context = {"form": form, "imports": [(row, TONES.get(BulkStatus(row.status), "info")) for row in own]}
    return _page(request, "bulk", _("Lists of people"), context, status=422 if form.errors else 200)


@require_safe
@desk_page(may_import_people)
def bulk_import(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """One list: what would happen, how far it is, or what became of it."""
    own = _own(request, import_id)
    if own.status != BulkStatus.UPLOADED:
        return _page(request, "bulk_import", own.organisation.name, _standing(own))
    encoding, columns = _chosen(request.GET, own)
    context: dict[str, Any] = {"bulk": own, "encoding": encoding}
    try:
        seen = preview(own, encoding=encoding, columns=columns)
        context |= _shown(seen) | {"reading": ReadingForm(encoding=encoding, headings=seen.headings, columns=columns or seen.columns)}
        refusal = seen.unknown
    except FileRefused as refused:
        context["reading"] = ReadingForm(encoding=encoding, headings=[], columns={})
        refusal = refused
    context["refusal"] = refusal.message if refusal else ""
    return _page(request, "bulk_preview", own.organisation.name, context, status=422 if refusal else 200)


@require_safe
@desk_page(may_import_people)
def bulk_progress(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """The part of the page that changes while the list is worked through."""
    return TemplateResponse(request, "registration/desk/bulk_progress.html", _standing(_own(request, import_id)))


@require_POST
@desk_page(may_import_people)
def confirm(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """Let it be worked through, in the encoding and by the columns that were looked at."""
    own = _own(request, import_id)
    encoding, columns = _chosen(request.POST, own)
    try:
        confirm_bulk_import(actor=actor_from_request(request), staff=request.user, import_id=own.pk, encoding=encoding, columns=columns)
    except (BulkRefused, FileRefused, OrganisationRefused) as refusal:
        messages.error(request, refusal.message)
    return redirect("admin:registration_bulk_import", import_id=own.pk)


@require_POST
@desk_page(may_import_people)
def cancel(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """Stop it where it is."""
    own = _own(request, import_id)
    try:
        cancel_bulk_import(actor=actor_from_request(request), staff=request.user, import_id=own.pk)
    except BulkRefused as refusal:
        messages.error(request, refusal.message)
    return redirect("admin:registration_bulk_import", import_id=own.pk)


@require_safe
@desk_page(may_import_people)
def report(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """What became of every row, to take away."""
    own = _own(request, import_id)
    rows = take_report(actor=actor_from_request(request), staff=request.user, import_id=own.pk)
    return HttpResponse(
        report_csv(rows),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="report-{own.pk}.csv"', "X-Content-Type-Options": "nosniff"},
    )


def _own(request: HttpRequest, import_id: UUID) -> BulkImport:
    return visible(BulkImport.objects.filter(pk=import_id, staff=request.user).first())


def _chosen(sent: QueryDict, own: BulkImport) -> tuple[str, dict[str, int]]:
    """The encoding, none for a workbook; and the columns where any was chosen. What is no column at all is -1, and refused as such."""
    encoding = (sent.get("encoding") or own.encoding) if own.encoding else ""
    given = {meaning: sent[meaning] for meaning in NEEDED if meaning in sent}
    return encoding, {meaning: int(place) if re.fullmatch("[0-9]{1,2}", place) else -1 for meaning, place in given.items()}


def _letters(place: int) -> str:
    """What spreadsheets call the column: A to Z, AA …; place from 0."""
    return (chr(ord("A") + place // 26 - 1) if place >= 26 else "") + chr(ord("A") + place % 26)


def _shown(preview: Preview) -> dict[str, Any]:
    first = [
        {
            "number": raw.number,
            "name": masking.mask_name(judged.name or raw.name.text[:40]),
            "id_number": masking.mask_id_number(judged.id_number or raw.id_number.text[:40]),
            "phone": masking.mask_phone(judged.phone or raw.phone.text[:40]),
            "fault": judged.outcome.label if judged.outcome else "",
        }
        for raw, judged in preview.first
    ]
    faults = [(Outcome(code).label, count) for code, count in preview.faults.items()]
    return {"preview": preview, "first": first, "faults": faults, "other_sheets": preview.table.other_sheets}


def _standing(own: BulkImport) -> dict[str, Any]:
    outcomes = outcomes_of(own)
    waiting = outcomes.pop("", 0)
    return {
        "bulk": own,
        "tone": TONES.get(BulkStatus(own.status), "info"),
        "under_way": own.status in (BulkStatus.CONFIRMED, BulkStatus.WORKING),
        "worked": sum(outcomes.values()),
        "waiting": waiting,
        "outcomes": [(Outcome(code).label, count) for code, count in sorted(outcomes.items())],
        "rows": own.rows.exclude(outcome="").exclude(outcome=Outcome.INVITED)[:SHOWN] if not waiting else [],
        "shown": SHOWN,
    }


def _page(request: HttpRequest, name: str, title: object, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    context = {**admin.site.each_context(request), "title": title, **context}
    return TemplateResponse(request, f"registration/desk/{name}.html", context, status=status)
