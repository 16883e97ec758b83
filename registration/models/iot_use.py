"""A use of lines of things: what an organisation wants them for, assessed before any is sold (R-19)."""

import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from realname.states import StateMixin
from realname.vault.fields import EncryptedTextField
from registration.models.iot_limits import IotLimits, limits_constraints
from registration.models.organisation import Organisation
from registration.models.person import Person
from registration.states import IOT_USE_MOVES, IotBinding, IotLevel, IotReason, IotScene, IotUseStatus


class IotUse(StateMixin, IotLimits):
    """A use with its limits and its assessment. What is personal lies under the organisation's key."""

    machine = IOT_USE_MOVES

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="iot_uses", verbose_name=_("organisation"))
    status = models.CharField(_("status"), max_length=16, choices=IotUseStatus.choices, default=IotUseStatus.PENDING)
    reason = models.CharField(_("reason"), max_length=24, choices=IotReason.choices, blank=True)

    scene = models.CharField(_("what the devices are"), max_length=16, choices=IotScene.choices)
    purpose = models.CharField(_("what the lines are for"), max_length=500)
    device_model = models.CharField(_("devices"), max_length=120)
    tacs = ArrayField(models.CharField(max_length=8))  # the models' codes: the first eight digits of their IMEIs
    binding = models.CharField(_("what a card works in"), max_length=8, choices=IotBinding.choices, default=IotBinding.DEVICE)
    loose_card = models.BooleanField(_("the card can be taken out"), default=True)
    quantity = models.PositiveIntegerField(_("lines"))
    resold = models.BooleanField(_("handed on to others"), default=False)

    # who answers for the lines: somebody verified with us, or else the organisation's agent
    responsible_person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="iot_uses")
    contact_phone = EncryptedTextField()

    # the assessment: [{"code", "points"}], by which version of the policy
    points = models.PositiveSmallIntegerField(_("points"))
    level = models.CharField(_("risk level"), max_length=8, choices=IotLevel.choices)
    reasons = models.JSONField(default=list)
    policy_version = models.PositiveIntegerField(_("policy"))

    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("entered by"))
    first_approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("entered"), auto_now_add=True)
    judged_at = models.DateTimeField(_("judged"), null=True, blank=True)

    class Meta:
        verbose_name = _("use of lines of things")
        verbose_name_plural = _("uses of lines of things")
        ordering = ["-created_at"]
        constraints = [
            *limits_constraints("iot_use"),
            models.CheckConstraint(condition=models.Q(tacs__len__gt=0, quantity__gt=0), name="iot_use_has_devices"),
            # of critical risk none is ever approved, and of high risk none by one person
            models.CheckConstraint(
                condition=~models.Q(status=str(IotUseStatus.APPROVED), level=str(IotLevel.CRITICAL)), name="iot_use_critical_never_approved"
            ),
            models.CheckConstraint(
                condition=~models.Q(status=str(IotUseStatus.APPROVED), level=str(IotLevel.HIGH), first_approved_by__isnull=True),
                name="iot_use_high_by_two",
            ),
        ]
        indexes = [models.Index(fields=["status", "created_at"], name="iot_use_by_status")]

    def __str__(self) -> str:
        return f"{self.organisation.name}: {self.device_model}"

    def vault_person_id(self) -> uuid.UUID:
        """The organisation's key."""
        return self.organisation_id
