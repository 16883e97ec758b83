"""A person's subscription to a phone number."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from realname.states import StateMixin
from realname.vault.blind_index import BlindIndexField
from realname.vault.fields import EncryptedTextField
from registration.models.application import Application
from registration.models.organisation import Organisation
from registration.models.person import Person
from registration.states import LINE_MOVES, EndReason, LineStatus


class LineQuerySet(models.QuerySet):
    """Adjectives of lines."""

    def held(self) -> "LineQuerySet":
        """Counting against a person's limit (R-13)."""
        return self.filter(status__in=LineStatus.held())


class Line(StateMixin, models.Model):
    """A phone number in use by a subscriber, or that was in use by them: ended lines stay, so that it is known who held a number when.

    Which number it is, is personal and encrypted; the inventory's row of it (`Number`) says that it is in use, and not by whom.
    """

    machine = LINE_MOVES

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="lines")
    # the application that brought it: one application never makes two lines
    application = models.OneToOneField(Application, verbose_name=_("application"), on_delete=models.PROTECT, related_name="line")
    # the contracting party, where it is not the person, who then is the actual user
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="lines", verbose_name=_("organisation")
    )
    number = EncryptedTextField()
    number_index = BlindIndexField(of="number", domain="phone")
    status = models.CharField(_("status"), max_length=16, choices=LineStatus.choices, default=LineStatus.ACTIVE)
    activated_at = models.DateTimeField(_("activated at"), auto_now_add=True)
    # what is kept of its person is kept for two years from here
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    end_reason = models.CharField(_("reason"), max_length=16, choices=EndReason.choices, blank=True)

    objects = LineQuerySet.as_manager()

    class Meta:
        verbose_name = _("line")
        verbose_name_plural = _("lines")
        constraints = [
            models.UniqueConstraint(
                fields=["number_index"],
                condition=models.Q(status__in=[str(s) for s in LineStatus.held()]),
                name="line_once_per_number",
            ),
            models.CheckConstraint(
                condition=models.Q(status=str(LineStatus.TERMINATED), ended_at__isnull=False)
                | ~models.Q(status=str(LineStatus.TERMINATED)) & models.Q(ended_at__isnull=True),
                name="line_ended_once_terminated",
            ),
        ]
        indexes = [
            models.Index(fields=["person", "status"], name="line_by_person"),
            # who held a number when
            models.Index(fields=["number_index", "activated_at"], name="line_by_number"),
        ]

    def vault_person_id(self) -> uuid.UUID:
        """Its holder's key encrypts the number."""
        return self.person_id
