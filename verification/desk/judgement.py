"""What the three judgements share: the page that asks for confirmation, and what becomes of the answer."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from django.contrib import admin, messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.functional import Promise

from realname.ui.telling import telling
from registration.models import Application
from verification import access
from verification.desk.case import LEVEL_TONES, level_label
from verification.desk.opening import close_for
from verification.errors import ReviewNotHeld
from verification.models import Review


def judge(
    request: HttpRequest,
    review: Review,
    *,
    form: Form,
    template: str,
    act: Callable[[dict[str, Any]], Application],
    done: Callable[[Application], str | Promise],
    more: Mapping[str, Any] = MappingProxyType({}),
) -> HttpResponse:
    """Ask for confirmation (GET), or do it (POST) and go back to the queue; a conflict is said on the case's page.

    `more` is what else the template shows.
    """
    if not access.holds(request.user, review):
        messages.error(request, ReviewNotHeld().message)
        return redirect("admin:verification_review_case", review.pk)
    if request.method == "POST" and form.is_valid():
        with telling(request):  # also that the person withdrew while this page was open
            application = act(form.cleaned_data)
            close_for(request, review)
            messages.success(request, done(application))
            return redirect("admin:verification_review_changelist")
        return redirect("admin:verification_review_case", review.pk)
    context = {
        **admin.site.each_context(request),
        "title": review.application.reference,
        "review": review,
        "application": review.application,
        "level_label": level_label(review.level),
        "level_tone": LEVEL_TONES.get(review.level, "neutral"),
        "form": form,
        **more,
    }
    return TemplateResponse(request, template, context, status=422 if form.is_bound else 200)
