"""An organisation that is contracting party of lines, the natural person who acts for it, and how both were corrected (R-03, R-04)."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from realname.states import StateMixin
from realname.vault.fields import EncryptedTextField
from realname.vault.models import EncryptedFile
from registration import documents
from registration.states import (
    CORRECTION_MOVES,
    ORGANISATION_MOVES,
    CorrectionStatus,
    OrganisationImageKind,
    OrganisationReason,
    OrganisationStatus,
)


class Organisation(StateMixin, models.Model):
    """A registered organisation, with its handling agent. What of it stands in public registers is in clear, what is of people encrypted.

    The row's own id names the data key of the agent and the photographs, so that they can be erased without touching any person.
    """

    machine = ORGANISATION_MOVES

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("organisation"), max_length=120)
    credit_code = models.CharField(_("unified social credit code"), max_length=18)  # in the form of realname.ids.credit_code
    address = models.CharField(_("registered address"), max_length=200)  # as on the licence
    legal_representative = EncryptedTextField()  # the natural person named on the licence; not who acts for it here
    # lines it may hold, where that differs from the policy's number (registration.organisation_line_limit)
    line_limit = models.PositiveIntegerField(_("lines it may hold"), null=True, blank=True)
    status = models.CharField(_("status"), max_length=16, choices=OrganisationStatus.choices, default=OrganisationStatus.PENDING)
    reason = models.CharField(_("reason"), max_length=24, choices=OrganisationReason.choices, blank=True)
    agent_document_type = models.CharField(_("agent's document"), max_length=32, default=documents.DEFAULT)
    agent_name = EncryptedTextField()
    agent_id_number = EncryptedTextField()
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("entered by"))
    created_at = models.DateTimeField(_("entered"), auto_now_add=True)
    judged_at = models.DateTimeField(_("judged"), null=True, blank=True)

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["-created_at"]
        constraints = [
            # one organisation is one record; one that is over may be entered anew (P-REG-5)
            models.UniqueConstraint(
                fields=["credit_code"],
                condition=~models.Q(status__in=[str(status) for status in OrganisationStatus.over()]),
                name="organisation_once_per_code",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def vault_person_id(self) -> uuid.UUID:
        """A key of its own."""
        return self.id


class OrganisationCorrection(StateMixin, models.Model):
    """What shall be true of an organisation instead; a reviewer judges it. Accepted ones are its history, and are never altered.

    `proposed` and `before` are JSON objects of the fields in registration.services.organisation.facts, encrypted under the
    organisation's key: the first what shall be, the second all that was true until it was accepted.
    """

    machine = CORRECTION_MOVES

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="corrections")
    status = models.CharField(_("status"), max_length=16, choices=CorrectionStatus.choices, default=CorrectionStatus.PROPOSED)
    proposed = EncryptedTextField()
    before = EncryptedTextField(null=True)
    # another person acts for it: the one before could no more from the moment it was proposed
    agent_replaced = models.BooleanField(default=False)
    papers = models.JSONField(default=list)  # kinds of photographs that prove it
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    judged_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    judged_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("correction of an organisation")
        verbose_name_plural = _("corrections of organisations")
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation"], condition=models.Q(status=str(CorrectionStatus.PROPOSED)), name="organisation_correction_one_open"
            ),
        ]

    def vault_person_id(self) -> uuid.UUID:
        """The organisation's key."""
        return self.organisation_id


class OrganisationImage(models.Model):
    """A photograph of a paper of the organisation or its agent: decoded apart and encoded anew before it is kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="images")
    # what it was photographed for; nothing: when the organisation was entered
    correction = models.ForeignKey(OrganisationCorrection, null=True, on_delete=models.PROTECT, related_name="images")
    kind = models.CharField(_("kind"), max_length=16, choices=OrganisationImageKind.choices)
    file = models.OneToOneField(EncryptedFile, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("photograph of an organisation")
        verbose_name_plural = _("photographs of organisations")
        constraints = [
            models.UniqueConstraint(fields=["organisation", "kind", "correction"], nulls_distinct=False, name="organisation_image_once")
        ]
