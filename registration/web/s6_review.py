"""Step 6: the person looks over everything once more, and hands it in."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from realname.access.actor import actor_from_request
from realname.masking import mask_id_number
from registration.errors import ApplicationClosed, ApplicationIncomplete, ShopRefused
from registration.models import Application
from registration.models.identity import Identity
from registration.numbers import number_to_register, offers_numbers
from registration.selectors import needed_captures, needs_witness
from registration.services.submit_application import submit_application
from registration.states import CaptureKind, NumberWay, Party
from registration.web import captures, in_shop, steps
from registration.web.details_form import DetailsForm
from registration.web.parties import address, words_of
from registration.web.session import PAGES, needs_editable, needs_proven_phone, next_page


@never_cache
@require_safe
@needs_editable
def review(request: HttpRequest, application: Application) -> HttpResponse:
    """All that was entered, with ways to change it; incomplete, it leads to what is missing."""
    here = next_page(application)
    if here != reverse("registration:review"):
        return redirect(here)
    if in_shop.in_hand(request) and needs_witness(application):
        return redirect("admin:registration_shop_witness")
    context = {
        "application": application,
        "groups": [(words_of(application, party).details, _facts(application, party)) for party in application.parties],
        "captures": [(captures.view_of(application, kind), reverse(PAGES[kind])) for kind in needed_captures(application)],
        "statement_kind": CaptureKind.STATEMENT,
        "submission_key": uuid.uuid4(),
        "progress": steps.at("review"),
    }
    return render(request, "registration/web/review.html", context)


@require_POST
@needs_proven_phone
def submit(request: HttpRequest, application: Application) -> HttpResponse:
    """Hand it in. Twice is once; incomplete leads to what is missing."""
    with_clerk = in_shop.in_hand(request) is not None
    key = request.POST.get("submission_key") or str(uuid.uuid4())
    try:
        submit_application(actor=actor_from_request(request), application_id=application.pk, submission_key=key)
    except ShopRefused as refusal:
        messages.warning(request, refusal.message)
        return redirect("admin:registration_shop")
    except ApplicationIncomplete as refusal:
        messages.warning(request, refusal.message)
        # what is there and can not stay so is shown where it is mended
        return redirect(PAGES.get(refusal.missing[0], "registration:review") if _complete(application) else next_page(application))
    except ApplicationClosed as refusal:
        messages.warning(request, refusal.message)
    return redirect("registration:status") if not with_clerk else _receipt(request, application)


def _complete(application: Application) -> bool:
    return next_page(application) == reverse("registration:review")


def _receipt(request: HttpRequest, application: Application) -> HttpResponse:
    """In a shop the tablet forgets the person once they have handed in."""
    in_shop.put_aside(request)
    return redirect("admin:registration_shop_receipt", application.pk)


def _facts(application: Application, party: str) -> list[dict]:
    """Names and values of one party as entered; the number is masked until they ask to see it. The line is the principal's."""
    identity, change = application.party(party), address("details", party)
    labels = DetailsForm(document=identity.document).fields
    names = [name for name in (*identity.document.field_names, "residence", "email") if name != "valid_long_term"]
    document = {"name": _("Document"), "value": identity.document.label, "change_url": address("choose_document", party)}
    rows = ({"name": labels[name].label, "value": _value(identity, name), "change_url": change} for name in names)
    return [*(_numbers(application) if party == Party.PRINCIPAL else _own_phone(application)), document, *rows]


def _value(identity: Identity, name: str) -> object:
    """A field as people read it."""
    value = getattr(identity, name)
    if name == "sex":
        return _("Male") if value == "male" else _("Female")
    if name == "id_number":
        return _hidden(value)
    if name == "valid_to" and identity.valid_long_term:
        return _("Long-term")
    return _day(value) if name in {"birth", "valid_from", "valid_to"} else value


def _numbers(application: Application) -> list[dict]:
    """The number to register, beside a new one the contact, and whose contract it is where it is not the person's."""
    new = application.number_way == NumberWay.NEW
    choice = (new or offers_numbers()) and not application.takes_over_id
    change = {"change_url": reverse("registration:number")} if choice else {}
    to_register = {"name": _("Phone number to register"), "value": number_to_register(application), **change}
    contact = [{"name": _("Contact phone"), "value": application.phone}] if new else []
    party = [{"name": _("Contracting party"), "value": application.organisation.name}] if application.organisation else []
    return [to_register, *contact, *party]


def _own_phone(application: Application) -> list[dict]:
    """Where who acts is reached."""
    change = reverse("registration:representative_phone")
    return [{"name": _("Your own phone number"), "value": application.representative.phone, "change_url": change}]


def _day(day: object) -> str:
    return date_format(day, "DATE_FORMAT") if day else ""


def _hidden(number: str) -> str:
    """The masked number, the whole one a press away: it is their own, but others may look over their shoulder."""
    return format_html(
        '<details class="reveal"><summary><span class="digits">{}</span> {}</summary><span class="digits">{}</span></details>',
        mask_id_number(number),
        _("Show all"),
        number,
    )
