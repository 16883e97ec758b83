"""The clerk's counter on a tablet: help a person, take up a visit, and see how one's own applications of the day stand (P-REG-6)."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe
from unfold.widgets import UnfoldAdminTextInputWidget

from realname.access.actor import Actor, actor_from_request
from realname.access.guards import desk_page, visible
from realname.access.qr import qr_svg
from realname.masking import mask_phone
from realname.ui.telling import telling
from realname.vault.errors import KeyErased
from registration.access import may_work_in_shop
from registration.errors import ShopRefused
from registration.models import Application, ShopDevice
from registration.selectors import assisted_today, needs_witness, newest_code
from registration.services.issue_paper_code import issue_paper_code
from registration.services.phone_digits import digits_of
from registration.services.shop.enrol_device import enrol_device
from registration.services.shop.station import Station
from registration.services.shop.witness_application import take_up_visit, witness_application
from registration.web import in_shop
from registration.web.device import YEAR
from registration.web.session import next_page

TYPED = {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
View = Callable[..., HttpResponse]
UNTICKED = {"required": _("Tick this only if it is so. Without it the visit can not be recorded.")}


class EnrolForm(forms.Form):
    """The code that the administrator was shown."""

    code = forms.CharField(label=_("Enrolment code"), max_length=30, widget=UnfoldAdminTextInputWidget(TYPED))


class WitnessForm(forms.Form):
    """Nothing is ticked beforehand."""

    person = forms.BooleanField(label=_("The person is here and looks like the portrait on the document."), error_messages=UNTICKED)
    card = forms.BooleanField(label=_("I have the document itself in my hand, not a copy."), error_messages=UNTICKED)


class VisitForm(WitnessForm):
    """What a person shows who handed in online: the reference, and their document."""

    reference = forms.CharField(label=_("Reference of the application"), max_length=16, widget=UnfoldAdminTextInputWidget(TYPED))
    last_six = forms.CharField(
        label=_("Last six characters of the number on the document"), max_length=12, widget=UnfoldAdminTextInputWidget(TYPED)
    )


def at_station(view: View) -> View:
    """Hand the clerk's station to the view; without one, back to the counter, which says what is missing."""

    @desk_page(may_work_in_shop)
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, in_shop.station(request), *args, **kwargs)
        except ShopRefused as refusal:
            messages.warning(request, refusal.message)
            return redirect("admin:registration_shop")

    return guarded


@desk_page(may_work_in_shop)
@require_safe
def counter(request: HttpRequest) -> HttpResponse:
    """What can be done here now; on a device or day where nothing can, why, and the way to enrol the device."""
    try:
        return _counter(request, in_shop.station(request), VisitForm())
    except ShopRefused as refusal:
        in_shop.put_aside(request)
        return page(request, "enrol", _("Shop"), refusal=refusal.message, form=EnrolForm(), known=refusal.code != "shop_device_unknown")


@desk_page(may_work_in_shop)
@require_POST
def enrol(request: HttpRequest) -> HttpResponse:
    """Make this tablet a device of the shop."""
    form = EnrolForm(request.POST)
    if form.is_valid():
        try:
            cookie = enrol_device(actor=actor_from_request(request), entered=form.cleaned_data["code"])
        except ShopRefused as refusal:
            form.add_error("code", refusal.message)
        else:
            response = redirect("admin:registration_shop")
            secure = settings.SESSION_COOKIE_SECURE
            response.set_cookie(in_shop.DEVICE_COOKIE, cookie, max_age=YEAR, httponly=True, samesite="Lax", secure=secure)
            return response
    return page(request, "enrol", _("Shop"), status=422, form=form)


@require_POST
@at_station
def start(request: HttpRequest, station: Station) -> HttpResponse:
    """Begin with the person present: the tablet is handed over for them to read and agree."""
    ShopDevice.objects.filter(pk=station.device.pk).update(last_seen_at=timezone.now())
    in_shop.begin(request, station.place)
    return redirect("registration:consent")


@require_POST
@desk_page(may_work_in_shop)
def put_aside(request: HttpRequest) -> HttpResponse:
    """The person goes on later, online or in any shop."""
    in_shop.put_aside(request)
    messages.success(request, _("Put aside. The person can go on online or in any shop, with their number."))
    return redirect("admin:registration_shop")


@require_POST
@at_station
def take_up(request: HttpRequest, station: Station) -> HttpResponse:
    """Record the visit of a person who handed in online."""
    form = VisitForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        try:
            statement = take_up_visit(actor=staff_actor(request, station), reference=given["reference"], last_six=given["last_six"])
            return redirect("admin:registration_shop_visit", statement.application_id)
        except ShopRefused as refusal:
            form.add_error("last_six" if refusal.code == "visit_wrong" else "reference", refusal.message)
    return _counter(request, station, form)


@at_station
def witness(request: HttpRequest, station: Station) -> HttpResponse:
    """The clerk's statement about the person whose application is in hand; then the person looks it over and hands it in."""
    application = visible(in_shop.in_hand(request))
    if application.details_entered_at is None:
        return redirect(next_page(application))
    form = WitnessForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        witness_application(actor=staff_actor(request, station), application_id=application.pk)
        return redirect(next_page(application))
    return page(request, "witness", _("Person and document"), form=form, application=application)


@require_POST
@at_station
def paper_code(request: HttpRequest, station: Station) -> HttpResponse:
    """A code on paper for the number that the person asked a code for, where no message reaches the phone (P-PAR-3)."""
    application = visible(in_shop.in_hand(request))
    asked = visible(newest_code(application.pk), application.phone_proven_at is None)
    with telling(request):
        code = issue_paper_code(actor=staff_actor(request, station), application_id=application.pk, phone=asked.phone)
        return page(request, "paper_code", _("Code on paper"), digits=digits_of(code.pk), expires_at=code.expires_at)
    return redirect("admin:registration_shop")


@require_safe
@at_station
def receipt(request: HttpRequest, station: Station, application_id: UUID) -> HttpResponse:
    """For the person to take along: the reference, and where they see how it stands."""
    application = visible(assisted_today(station.clerk.pk).filter(pk=application_id).exclude(submitted_at=None).first())
    address = request.build_absolute_uri(reverse("account:sign_in"))
    qr = qr_svg(address, label=_("QR code of the page where the person signs in"))
    return page(request, "receipt", _("Receipt"), application=application, qr=qr, address=address)


def _counter(request: HttpRequest, station: Station, form: VisitForm) -> HttpResponse:
    application = in_shop.in_hand(request)
    context = {
        "station": station,
        "form": form,
        "in_hand": application,
        "go_on": next_page(application) if application else "",
        "may_paper": bool(application and application.phone_proven_at is None and newest_code(application.pk)),
        "rows": [(each, _masked(each)) for each in assisted_today(station.clerk.pk)],
        "needs_witness": bool(application and needs_witness(application)),
    }
    return page(request, "counter", _("Shop"), status=422 if form.errors else 200, **context)


def page(request: HttpRequest, name: str, title: Any, *, status: int = 200, **context: Any) -> HttpResponse:
    """A page of the counter."""
    whole = {**admin.site.each_context(request), "title": title, **context}
    return TemplateResponse(request, f"registration/desk/shop/{name}.html", whole, status=status)


def staff_actor(request: HttpRequest, station: Station) -> Actor:
    """The clerk, in their place."""
    actor = actor_from_request(request)
    return Actor(kind=actor.kind, id=actor.id, name=actor.name, role=actor.role, device=actor.device, ip=actor.ip, place=station.place)


def _masked(application: Application) -> str:
    try:
        return mask_phone(application.phone) if application.phone else ""
    except KeyErased:
        return ""
