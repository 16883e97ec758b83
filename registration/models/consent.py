"""What a person agreed to."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from registration.models.application import Application
from registration.models.person import Person
from registration.states import ConsentPurpose


class Consent(models.Model):
    """One purpose, one version of its notice, agreed to by itself (R-26, R-27, R-30)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="consents")
    application = models.ForeignKey(Application, verbose_name=_("application"), on_delete=models.PROTECT, related_name="consents")
    # who agreed: for a child its guardian
    given_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="consents_given")
    purpose = models.CharField(_("purpose"), max_length=16, choices=ConsentPurpose.choices)
    version = models.CharField(_("version"), max_length=16)
    notice_digest = models.CharField(max_length=64)  # SHA-256 of the notice as shown, in the language shown
    language = models.CharField(_("language"), max_length=8)
    given_at = models.DateTimeField(_("given at"), auto_now_add=True)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        constraints = [
            models.UniqueConstraint(
                fields=["application", "purpose"], condition=models.Q(withdrawn_at__isnull=True), name="consent_current_once"
            ),
        ]
