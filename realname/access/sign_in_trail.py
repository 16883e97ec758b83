"""Sign-ins in the trail. Django announces them by signals: the only place where they are heard."""

from typing import Any

from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db import transaction
from django.http import HttpRequest

from realname.access.actor import Actor, client_ip
from realname.access.models import Staff
from realname.trail import record
from realname.trail.subject import SubjectRef


def connect() -> None:
    """Listen."""
    user_logged_in.connect(_signed_in, dispatch_uid="access.signed_in")
    user_logged_out.connect(_signed_out, dispatch_uid="access.signed_out")
    user_login_failed.connect(_refused, dispatch_uid="access.refused")


def staff_actor(staff: Staff, request: HttpRequest | None) -> Actor:
    """The staff member as an actor, also where the request does not carry them yet."""
    ip = client_ip(request) if request is not None else ""
    return Actor(kind="staff", id=str(staff.pk), name=staff.get_username(), role=staff.role, ip=ip)


def _signed_in(sender: Any, request: HttpRequest | None, user: Staff, **kwargs: Any) -> None:
    with transaction.atomic():
        record("staff.signed_in", actor=staff_actor(user, request), subject=user, data={"second_factor": _second_factor(user)})


def _signed_out(sender: Any, request: HttpRequest | None, user: Staff | None, **kwargs: Any) -> None:
    if user is not None:
        with transaction.atomic():
            record("staff.signed_out", actor=staff_actor(user, request), subject=SubjectRef("staff", user.pk))


def _refused(sender: Any, credentials: dict, request: HttpRequest | None = None, **kwargs: Any) -> None:
    """Name the account only where there is one: what was typed as a user name may have been a password."""
    known = Staff.objects.filter(username=credentials.get("username") or "").first()
    subject = known or SubjectRef("staff", "unknown")
    actor = Actor(kind="staff", id=subject.id if known is None else str(known.pk), name="", ip=client_ip(request) if request else "")
    with transaction.atomic():
        record("staff.sign_in_refused", actor=actor, subject=subject, reason=credentials.get("factor", "password"))


def _second_factor(user: Staff) -> bool:
    return getattr(user, "otp_device", None) is not None
