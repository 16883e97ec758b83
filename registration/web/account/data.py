"""My data: who looked at them, and a copy to take away (R-31)."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from realname.ui.telling import telling
from registration.models import DataExport
from registration.reads import MOST, looks_of
from registration.services.account.export_data import request_export, take_export
from registration.web.account.session import account_page, needs_fresh


@require_safe
@account_page
def looks(request: HttpRequest) -> HttpResponse:
    """Who looked at my data: by role and purpose; the names of staff stay with the operator."""
    return render(request, "registration/web/account/looks.html", {"looks": looks_of(request.sign_in.person), "most": MOST})


@require_safe
@account_page
def data(request: HttpRequest) -> HttpResponse:
    """The copy: ask for it, wait for it, take it."""
    exports = DataExport.objects.filter(person=request.sign_in.person)
    context = {"waiting": exports.waiting().first(), "ready": exports.ready().first()}
    return render(request, "registration/web/account/data.html", context)


@require_POST
@needs_fresh
def data_request(request: HttpRequest) -> HttpResponse:
    """Ask for a copy."""
    with telling(request):
        request_export(actor=request.person, language=get_language())
        messages.success(request, _("We are making the copy. We tell you in your inbox when it is ready."))
    return redirect("account:data")


@require_POST
@needs_fresh
def data_take(request: HttpRequest, export_id: UUID) -> HttpResponse:
    """Take the copy: once. By a form, so that no link to it lies in a history or a message."""
    try:
        with telling(request):
            name = f"my-data-{timezone.localdate():%Y-%m-%d}.zip"
            headers = {"Content-Disposition": f'attachment; filename="{name}"'}
            return HttpResponse(take_export(actor=request.person, export_id=export_id), content_type="application/zip", headers=headers)
    except DataExport.DoesNotExist:
        raise Http404 from None
    return redirect("account:data")
