"""A person's way into their account, and the browsers that are in."""

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from registration.models.person import Person
from registration.models.phone_code import PhoneCode
from registration.states import SignInEnd, SignInWay


class SignInAttemptQuerySet(models.QuerySet):
    """Adjectives of attempts."""

    def live(self) -> "SignInAttemptQuerySet":
        """Those that may still end in a sign-in."""
        return self.filter(ended_at__isnull=True, expires_at__gt=timezone.now())

    def waiting(self) -> "SignInAttemptQuerySet":
        """Live ones whose number no worker has looked up yet."""
        return self.live().filter(looked_up_at__isnull=True)

    def to_be_called(self) -> "SignInAttemptQuerySet":
        """Live ones that asked for a call which no worker has seen to yet; the number is looked up first."""
        return self.live().filter(call_asked_at__isnull=False, called_at__isnull=True, looked_up_at__isnull=False, proven_at__isnull=True)


class SignInAttempt(models.Model):
    """Somebody asked for a code to sign in with. The row is the same whether or not the number is known: it names nobody.

    A worker looks the number up and has a code sent, where it is somebody's. Who the person is, is asked when the code was right.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    phone_index = models.CharField(max_length=64)  # blind index of the number: the number itself is not kept
    # known once the code was right, and where the number leads to one person, or the ID number told which
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="sign_in_attempts")
    language = models.CharField(max_length=8)
    device = models.CharField(max_length=64, blank=True)
    network = models.CharField(max_length=43, blank=True)  # as `network_of` counts places
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    looked_up_at = models.DateTimeField(null=True, blank=True)
    code = models.ForeignKey(PhoneCode, null=True, on_delete=models.PROTECT, related_name="+")  # none where the number is nobody's
    call_asked_at = models.DateTimeField(null=True, blank=True)  # somebody asked to be called with the code
    called_at = models.DateTimeField(null=True, blank=True)  # a worker saw to that, whether or not there was anybody to call
    attempts = models.PositiveSmallIntegerField(default=0)  # wrong codes where there was none to be right
    proven_at = models.DateTimeField(null=True, blank=True)  # the code was right
    identity_attempts = models.PositiveSmallIntegerField(default=0)  # wrong ends of an ID number
    identified_at = models.DateTimeField(null=True, blank=True)  # the number alone was enough, or the ID number was right
    ended_at = models.DateTimeField(null=True, blank=True)  # signed in, or given up for a newer one

    objects = SignInAttemptQuerySet.as_manager()

    class Meta:
        verbose_name = _("attempt to sign in")
        verbose_name_plural = _("attempts to sign in")
        indexes = [
            models.Index(fields=["phone_index", "created_at"], name="sign_in_attempt_by_phone"),
            models.Index(fields=["network", "created_at"], name="sign_in_attempt_by_network"),
            models.Index(fields=["device", "created_at"], name="sign_in_attempt_by_device"),
        ]


class SignInQuerySet(models.QuerySet):
    """Adjectives of sign-ins."""

    def live(self) -> "SignInQuerySet":
        """Not ended, and not past their last moment; idle ones are found out when they come back."""
        return self.filter(ended_at__isnull=True, expires_at__gt=timezone.now())


class SignIn(models.Model):
    """A browser that was let into a person's account. It is bound to the browser's device cookie as well as to its session."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="sign_ins")
    device = models.CharField(max_length=64)  # SHA-256 of the device cookie
    described = models.CharField(max_length=60, blank=True)  # "Chrome, Android": what the browser says it is, no more than that
    network = models.CharField(max_length=43, blank=True)
    way = models.CharField(_("way"), max_length=16, choices=SignInWay.choices)
    new_device = models.BooleanField(default=False)
    started_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    end = models.CharField(max_length=16, choices=SignInEnd.choices, blank=True)

    objects = SignInQuerySet.as_manager()

    class Meta:
        verbose_name = _("sign-in")
        verbose_name_plural = _("sign-ins")
        ordering = ["-started_at"]
        indexes = [models.Index(fields=["person", "started_at"], name="sign_in_by_person")]
