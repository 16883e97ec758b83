"""The administrator takes numbers into stock: a range, or a file."""

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminFileFieldWidget, UnfoldAdminTextInputWidget

from realname.access.actor import actor_from_request
from realname.access.guards import desk_page
from realname.ids.errors import InvalidInput
from realname.ui.uploads import takes_file
from registration import access
from registration.errors import MESSAGES, StockRefused
from registration.services.stock_numbers import numbers_between, numbers_in_file, stock_numbers

# a hundred thousand rows of eleven digits, and as much again for what else a row says
FILE_BYTES = 4 * 1024 * 1024
DIGITS = {"inputmode": "tel", "autocomplete": "off"}


class StockForm(forms.Form):
    """Either the two ends of a range, or a file."""

    first = forms.CharField(label=_("First number of a range"), max_length=30, required=False, widget=UnfoldAdminTextInputWidget(DIGITS))
    last = forms.CharField(label=_("Last number of the range"), max_length=30, required=False, widget=UnfoldAdminTextInputWidget(DIGITS))
    file = forms.FileField(
        label=_("Or a CSV file"),
        help_text=_("UTF-8, one number in the first column of each row, at most 100,000 rows."),
        required=False,
        widget=UnfoldAdminFileFieldWidget({"accept": ".csv,text/csv"}),
    )
    region = forms.CharField(label=_("Region"), max_length=40, required=False, widget=UnfoldAdminTextInputWidget)

    def clean_file(self) -> UploadedFile | None:
        """Not so large that reading it would hold up others."""
        file = self.cleaned_data["file"]
        if file and file.size > min(FILE_BYTES, settings.UPLOAD_MAX_BYTES):
            raise ValidationError(MESSAGES["stock_too_large"], code="stock_too_large")
        return file

    def clean(self) -> dict:
        """The numbers, as `numbers`."""
        given = self.cleaned_data
        ends = given.get("first"), given.get("last")
        if self.errors:
            return given
        if bool(given.get("file")) == any(ends) or any(ends) and not all(ends):
            raise ValidationError(_("Give both ends of a range, or a file."), code="one_of_two")
        try:
            given["numbers"] = numbers_between(*ends) if all(ends) else numbers_in_file(given["file"].read())
        except (StockRefused, InvalidInput) as refusal:
            raise ValidationError(refusal.message) from None
        return given


@takes_file
@desk_page(access.may_stock_numbers)
def stock(request: HttpRequest) -> HttpResponse:
    """Take them in, all or none."""
    form = StockForm(request.POST, request.FILES) if request.method == "POST" else StockForm()
    if form.is_valid():
        given = form.cleaned_data
        try:
            added = stock_numbers(actor=actor_from_request(request), numbers=given["numbers"], region=given["region"])
            messages.success(
                request, _("%(listed)d numbers listed, %(added)d new in stock.") % {"listed": len(given["numbers"]), "added": added}
            )
            return redirect("admin:registration_number_stock")
        except (StockRefused, InvalidInput) as refusal:
            form.add_error(None, refusal.message)
    context = {**admin.site.each_context(request), "title": _("Take numbers into stock"), "form": form}
    return TemplateResponse(request, "registration/desk/stock.html", context, status=422 if form.errors else 200)
