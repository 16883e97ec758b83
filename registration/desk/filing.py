"""How many people's faces are stored, and their filing with the authority (R-36)."""

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminTextInputWidget

from realname import policy
from realname.access.actor import actor_from_request
from realname.access.guards import desk_page
from registration.access import may_hold_data
from registration.errors import RegistrationError
from registration.models import FaceFiling
from registration.policy import FACE_FILING_AT, FACE_FILING_DAYS
from registration.retention.faces import people_with_face_data
from registration.services.file_faces import record_filing


class FilingForm(forms.Form):
    """Where, when and under which number it was filed, and the assessment that went with it."""

    authority = forms.CharField(label=_("Authority"), max_length=100, widget=UnfoldAdminTextInputWidget)
    reference = forms.CharField(label=_("Number of the filing"), max_length=100, widget=UnfoldAdminTextInputWidget)
    filed_on = forms.DateField(label=_("Filed on"), widget=UnfoldAdminTextInputWidget({"type": "date"}))
    assessment = forms.CharField(
        label=_("Reference of the impact assessment that was filed with it"), max_length=100, widget=UnfoldAdminTextInputWidget
    )


@desk_page(may_hold_data)
def filing(request: HttpRequest) -> HttpResponse:
    """The count, the filings, and the form that records one."""
    form = FilingForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            record_filing(actor=actor_from_request(request), **form.cleaned_data)
            messages.success(request, _("The filing is recorded."))
            return redirect("admin:registration_face_filing")
        except RegistrationError as refusal:
            form.add_error("filed_on" if refusal.code == "filing_day" else "authority", refusal.message)
    context = {
        **admin.site.each_context(request),
        "title": _("Filing of face data"),
        "people": people_with_face_data(),
        "most": policy.value(FACE_FILING_AT),
        "days": policy.value(FACE_FILING_DAYS),
        "filings": FaceFiling.objects.all(),
        "open": FaceFiling.objects.filter(filed_on=None).first(),
        "today": timezone.localdate(),
        "form": form,
    }
    return TemplateResponse(request, "registration/desk/filing.html", context, status=422 if form.errors else 200)
