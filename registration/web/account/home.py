"""The first page of an account, and the ways out of it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from realname.masking import mask_name
from registration.account_selectors import guarded, has_second_factor, unread
from registration.models import Account
from registration.selectors import name_of
from registration.services.account.end_sign_in import end_all_sign_ins, end_sign_in
from registration.states import SignInEnd
from registration.web.account.session import account_page, actor_of, current_sign_in


@require_safe
@account_page
def home(request: HttpRequest) -> HttpResponse:
    """Where everything is, and what is new."""
    person = request.sign_in.person
    context = {
        "name": mask_name(name_of(person)),
        "number": Account.objects.filter(person=person).values_list("number", flat=True).first(),
        "unread": unread(person),
        "frozen": person.frozen_at,
        "guarded_until": person.guarded_until if guarded(person) else None,
        "has_factor": has_second_factor(person),
        "sign_in": request.sign_in,
    }
    return render(request, "registration/web/account/home.html", context)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Leave, on this device; done from a page whose sign-in is over it still forgets the session."""
    if (sign_in := current_sign_in(request)) is not None:
        end_sign_in(actor=actor_of(request, sign_in), sign_in_id=sign_in.pk, end=SignInEnd.SIGNED_OUT)
    request.session.flush()
    return redirect("registration:start")


@require_POST
@account_page
def sign_out_everywhere(request: HttpRequest) -> HttpResponse:
    """Leave, on every device."""
    end_all_sign_ins(actor=request.person, person_id=request.sign_in.person_id, end=SignInEnd.SIGNED_OUT)
    request.session.flush()
    return redirect("registration:start")
