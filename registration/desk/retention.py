"""What the daily erasure did and why, and its stop: compliance says whether the clock is right (R-06, R-28)."""

from uuid import UUID

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from unfold.widgets import SELECT_CLASSES, TEXTAREA_CLASSES

from realname import policy
from realname.access.actor import actor_from_request
from realname.access.guards import desk_page, visible
from registration.access import may_hold_data
from registration.models import LegalHold, RetentionRun, RetentionStop
from registration.policy import RETENTION_GAP_DAYS
from registration.retention import rules
from registration.retention.run import waiting_stop
from registration.retention.stops import answered_stops
from registration.services.hold_data import confirm_clock, refuse_clock

# how many stops the page shows
STOPS = 10


class ClockForm(forms.Form):
    """Is the clock right, and how do you know?"""

    right = forms.ChoiceField(
        label=_("Is the clock right?"),
        choices=[("", "—"), ("yes", _("Yes: the erasure may go on")), ("no", _("No: nothing may be erased"))],
        widget=forms.Select({"class": " ".join(SELECT_CLASSES)}),
    )
    reason = forms.CharField(
        label=_("How do you know?"), max_length=500, widget=forms.Textarea({"rows": 3, "class": " ".join(TEXTAREA_CLASSES)})
    )


@desk_page(may_hold_data)
def retention(request: HttpRequest) -> HttpResponse:
    """Each rule with its newest run; and the stop, where there is one."""
    return _page(request, ClockForm())


@desk_page(may_hold_data)
def retention_clock(request: HttpRequest, stop_id: UUID) -> HttpResponse:
    """Answer a stop: by a POST from the page of the erasure, where it stands."""
    stop = visible(RetentionStop.objects.filter(pk=stop_id).first())
    if request.method != "POST":
        return redirect("admin:registration_retention")
    form = ClockForm(request.POST)
    if not form.is_valid():
        return _page(request, form)
    right = form.cleaned_data["right"] == "yes"
    act = confirm_clock if right else refuse_clock
    act(actor=actor_from_request(request), stop_id=stop.pk, reason=form.cleaned_data["reason"])
    messages.success(
        request,
        _("The clock is confirmed. The erasure goes on within the hour.") if right else _("Nothing is erased until the clock is right."),
    )
    return redirect("admin:registration_retention")


def _page(request: HttpRequest, form: ClockForm) -> HttpResponse:
    newest = {run.rule: run for run in RetentionRun.objects.filter(dry=False).order_by("rule", "-as_of").distinct("rule")}
    stop, stops = waiting_stop(), answered_stops(STOPS)
    context = {
        **admin.site.each_context(request),
        "title": _("Erasure of old data"),
        "rows": [{"rule": rule, "days": policy.value(rule.days), "run": newest.get(rule.name)} for rule in rules()],
        "stop": stop,
        "answers": next((answers for one, answers in stops if one == stop), []),
        "ended": [(one, answers) for one, answers in stops if one != stop],
        "gap": policy.value(RETENTION_GAP_DAYS),
        "holds": LegalHold.objects.acting(timezone.now()).count(),
        "form": form,
    }
    return TemplateResponse(request, "registration/desk/retention.html", context, status=422 if form.errors else 200)
