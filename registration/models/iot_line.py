"""A line of a thing: an organisation's subscription to a number of the ranges for devices, within limits that are its own (R-19)."""

import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from realname.states import StateMixin
from realname.vault.blind_index import BlindIndexField
from realname.vault.fields import EncryptedTextField
from registration.models.iot_limits import IotLimits, limits_constraints
from registration.models.iot_use import IotUse
from registration.models.organisation import Organisation
from registration.models.person import Person
from registration.states import LINE_MOVES, RECHECK_MOVES, EndReason, IotBinding, IotBreak, IotFunction, LineStatus, RecheckStatus

_HELD = models.Q(status__in=[str(status) for status in LineStatus.held()])


class IotLineQuerySet(models.QuerySet):
    """Adjectives of lines of things."""

    def held(self) -> "IotLineQuerySet":
        """Counting against their use and their organisation."""
        return self.filter(_HELD)

    def stopped(self) -> "IotLineQuerySet":
        """Restricted or suspended."""
        return self.filter(status__in=[LineStatus.RESTRICTED, LineStatus.SUSPENDED])


class IotLine(StateMixin, IotLimits):
    """No line of this kind can be without limits of function, place and device: the constraints below hold the database to it.

    Its organisation holds it; where the use is resold, somebody known to us uses it. What is personal lies under the organisation's key.
    """

    machine = LINE_MOVES

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    use = models.ForeignKey(IotUse, on_delete=models.PROTECT, related_name="lines", verbose_name=_("use"))
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="iot_lines", verbose_name=_("organisation"))
    number = EncryptedTextField()
    number_index = BlindIndexField(of="number", domain="phone")
    status = models.CharField(_("status"), max_length=16, choices=LineStatus.choices, default=LineStatus.ACTIVE)

    binding = models.CharField(_("what a card works in"), max_length=8, choices=IotBinding.choices)
    imei = EncryptedTextField(null=True)
    imei_index = BlindIndexField(of="imei", domain="imei", null=True)
    tacs = ArrayField(models.CharField(max_length=8))

    resold = models.BooleanField(_("handed on to others"))
    end_person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="iot_lines")
    end_organisation = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="iot_lines_used")

    activated_at = models.DateTimeField(_("activated at"), auto_now_add=True)
    # what it is restricted or suspended for, and when that began; kept until it is lifted
    stop_reason = models.CharField(_("reason"), max_length=24, choices=IotBreak.choices, blank=True)
    stopped_at = models.DateTimeField(_("stopped"), null=True, blank=True)
    # of this stop: what its notices are about
    stop_id = models.UUIDField(null=True, blank=True, editable=False)
    # its breaks and its data are counted from here on anew
    lifted_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    end_reason = models.CharField(_("reason"), max_length=16, choices=EndReason.choices, blank=True)

    objects = IotLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("line of a thing")
        verbose_name_plural = _("lines of things")
        constraints = [
            *limits_constraints("iot_line"),
            models.CheckConstraint(
                condition=models.Q(binding=str(IotBinding.DEVICE), imei_index__isnull=False, imei__isnull=False)
                | models.Q(binding=str(IotBinding.MODEL), imei_index__isnull=True, imei__isnull=True),
                name="iot_line_is_bound",
            ),
            models.CheckConstraint(condition=models.Q(tacs__len__gt=0), name="iot_line_has_models"),
            # handed on, its user is known, and is one person or one organisation
            models.CheckConstraint(
                condition=models.Q(resold=False, end_person__isnull=True, end_organisation__isnull=True)
                | models.Q(resold=True, end_person__isnull=False, end_organisation__isnull=True)
                | models.Q(resold=True, end_person__isnull=True, end_organisation__isnull=False),
                name="iot_line_user_is_known",
            ),
            models.CheckConstraint(
                condition=models.Q(status=str(LineStatus.TERMINATED), ended_at__isnull=False)
                | ~models.Q(status=str(LineStatus.TERMINATED)) & models.Q(ended_at__isnull=True),
                name="iot_line_ended_once_terminated",
            ),
            # nothing is stopped without a reason
            models.CheckConstraint(
                condition=~models.Q(status__in=[str(LineStatus.RESTRICTED), str(LineStatus.SUSPENDED)])
                | ~models.Q(stop_reason="") & models.Q(stopped_at__isnull=False, stop_id__isnull=False),
                name="iot_line_stopped_for_a_reason",
            ),
            models.UniqueConstraint(fields=["number_index"], condition=_HELD, name="iot_line_once_per_number"),
            models.UniqueConstraint(fields=["imei_index"], condition=_HELD, name="iot_line_once_per_device"),
        ]
        indexes = [
            models.Index(fields=["use", "status"], name="iot_line_by_use"),
            models.Index(fields=["organisation", "status"], name="iot_line_by_organisation"),
            models.Index(fields=["number_index", "activated_at"], name="iot_line_by_number"),
            models.Index(
                fields=["stopped_at"],
                condition=models.Q(status__in=[str(LineStatus.RESTRICTED), str(LineStatus.SUSPENDED)]),
                name="iot_line_stopped",
            ),
            models.Index(fields=["stop_id"], condition=models.Q(stop_id__isnull=False), name="iot_line_by_stop"),
        ]

    def vault_person_id(self) -> uuid.UUID:
        """The organisation's key."""
        return self.organisation_id


class IotReport(models.Model):
    """What the network saw a line do, as far as it must be remembered: its id, so that it counts once, and how much data.

    Neither device nor place is kept: what of them broke a limit stands in the trail.
    """

    id = models.UUIDField(primary_key=True)  # the network's
    line = models.ForeignKey(IotLine, on_delete=models.PROTECT, related_name="reports")
    at = models.DateTimeField()
    function = models.CharField(max_length=8, choices=IotFunction.choices)
    bytes = models.PositiveBigIntegerField(default=0)

    class Meta:
        verbose_name = _("report on a line of a thing")
        verbose_name_plural = _("reports on lines of things")
        indexes = [
            models.Index(fields=["line", "at"], name="iot_report_by_line"),
            models.Index(fields=["at"], name="iot_report_by_age"),
        ]


class IotRecheck(StateMixin, models.Model):
    """A clerk states for the organisation why a stopped line should be lifted; a reviewer judges it."""

    machine = RECHECK_MOVES

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    line = models.ForeignKey(IotLine, on_delete=models.PROTECT, related_name="rechecks")
    status = models.CharField(_("status"), max_length=8, choices=RecheckStatus.choices, default=RecheckStatus.OPEN)
    statement = EncryptedTextField()
    new_imei = EncryptedTextField(null=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    judged_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("re-check of a line of a thing")
        verbose_name_plural = _("re-checks of lines of things")
        constraints = [
            models.UniqueConstraint(fields=["line"], condition=models.Q(status=str(RecheckStatus.OPEN)), name="iot_recheck_one_open")
        ]

    def vault_person_id(self) -> uuid.UUID:
        """The organisation's key."""
        return self.line.organisation_id
