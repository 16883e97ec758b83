"""The second factor: a time-based one-time code (RFC 6238, six digits, thirty seconds)."""

from django.db import transaction
from django.http import HttpRequest
from django_otp import login as remember_device
from django_otp.plugins.otp_totp.models import TOTPDevice

from realname.access.models import Staff
from realname.access.sign_in_trail import staff_actor
from realname.trail import record

DIGITS = 6


def has_device(staff: Staff) -> bool:
    """Has the second factor been set up?"""
    return TOTPDevice.objects.filter(user=staff, confirmed=True).exists()


def verify(staff: Staff, code: str) -> TOTPDevice | None:
    """The device that gave this code, else nothing. Wrong codes slow the device down; a code serves once."""
    with transaction.atomic():
        device = TOTPDevice.objects.select_for_update().filter(user=staff, confirmed=True).first()
        return device if device is not None and _accepts(device, code) else None


def begin_enrolment(staff: Staff) -> TOTPDevice:
    """The device waiting to be confirmed; made at the first call, so that a reload shows the same code."""
    return TOTPDevice.objects.filter(user=staff, confirmed=False).first() or TOTPDevice.objects.create(
        user=staff, name="totp", confirmed=False
    )


def enrol(request: HttpRequest, code: str) -> bool:
    """Confirm the waiting device by its first code and let this session pass. Does nothing where one is confirmed already."""
    with transaction.atomic():
        # one at a time: two tabs must not confirm two devices
        staff = Staff.objects.select_for_update().get(pk=request.user.pk)
        device = TOTPDevice.objects.select_for_update().filter(user=staff, confirmed=False).first()
        if device is None or has_device(staff) or not _accepts(device, code):
            return False
        device.confirmed = True
        device.save(update_fields=["confirmed"])
        record("staff.second_factor_enrolled", actor=staff_actor(staff, request), subject=staff)
    # who has just proven a second factor gets a session that nobody else can have prepared
    request.session.cycle_key()
    remember_device(request, device)
    return True


def remove_devices(staff: Staff) -> int:
    """Forget the second factor of somebody who lost it: the next sign-in sets up a new one. Answers how many there were."""
    return TOTPDevice.objects.filter(user=staff).delete()[0]


def _accepts(device: TOTPDevice, code: str) -> bool:
    allowed, _ = device.verify_is_allowed()
    return allowed and device.verify_token(code)
