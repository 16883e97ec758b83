"""A list of many people that an organisation hands in, and its rows."""

import uuid
from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from realname.states import StateMixin
from realname.vault.blind_index import BlindIndexField
from realname.vault.fields import EncryptedTextField
from realname.vault.models import EncryptedFile
from registration.bulk.outcomes import Outcome
from registration.models.application import Application
from registration.models.organisation import Organisation
from registration.states import BULK_MOVES, BulkStatus, OrganisationStatus


class BulkImportQuerySet(models.QuerySet):
    """Adjectives of imports."""

    def under_way(self) -> "BulkImportQuerySet":
        """Confirmed, and not worked through."""
        return self.filter(status__in=[BulkStatus.CONFIRMED, BulkStatus.WORKING])


class BulkImport(StateMixin, models.Model):
    """One file. What it says of people is encrypted under the import's own key until a row is somebody's application."""

    machine = BULK_MOVES

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    status = models.CharField(_("status"), max_length=16, choices=BulkStatus.choices, default=BulkStatus.UPLOADED)
    # the contracting party of the lines that come of it
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="bulk_imports", verbose_name=_("organisation"))
    staff = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("staff member"))
    file = models.OneToOneField(EncryptedFile, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)  # SHA-256 of the file, keyed: the same file is known again
    encoding = models.CharField(_("encoding"), max_length=16, blank=True)  # empty for a workbook
    # which column is what (NAME, ID_NUMBER, PHONE: place from 0), once somebody chose or confirmed it
    columns = models.JSONField(default=dict, blank=True)
    headings = models.CharField(max_length=64, blank=True)  # the first row, keyed: a list like an earlier one is known again
    rows_total = models.PositiveIntegerField(_("rows"))
    created_at = models.DateTimeField(_("uploaded"), default=timezone.now)
    touched_at = models.DateTimeField(default=timezone.now)  # when a worker was last at it
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    objects = BulkImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("bulk import")
        verbose_name_plural = _("bulk imports")
        ordering = ["-created_at"]
        constraints = [
            # the same file of the same organisation is worked through once
            models.UniqueConstraint(
                fields=["organisation", "digest"],
                condition=models.Q(status__in=[str(status) for status in BulkStatus.counted()]),
                name="bulk_import_once_per_file",
            ),
        ]
        indexes = [models.Index(fields=["staff", "created_at"], name="bulk_import_by_staff")]


class BulkRowQuerySet(models.QuerySet):
    """Adjectives of rows."""

    def pending(self) -> "BulkRowQuerySet":
        """Nothing has become of them yet."""
        return self.filter(outcome="")

    def invited(self) -> "BulkRowQuerySet":
        """Those that stand in the way of another invitation of the same person by the same organisation."""
        return self.filter(outcome=Outcome.INVITED, name__isnull=False)

    def unanswered(self) -> "BulkRowQuerySet":
        """Invited, and no application yet."""
        return self.filter(outcome=Outcome.INVITED, application__isnull=True)

    def open_at(self, moment: datetime) -> "BulkRowQuerySet":
        """Can be accepted: in their time, of an organisation that is approved."""
        return self.unanswered().filter(expires_at__gt=moment, bulk_import__organisation__status=OrganisationStatus.APPROVED)


class BulkRow(models.Model):
    """One row: what it says, and what became of it. What it says is forgotten once nothing depends on it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    bulk_import = models.ForeignKey(BulkImport, on_delete=models.PROTECT, related_name="rows")
    number = models.PositiveIntegerField(_("row"))  # as the program shows it that made the file
    outcome = models.CharField(_("outcome"), max_length=24, choices=Outcome.choices, blank=True)
    # the person and the phone in one, for the organisation: keyed, so that nobody can try numbers
    key = models.CharField(max_length=64, blank=True)
    name = EncryptedTextField(null=True)
    id_number = EncryptedTextField(null=True)
    phone = EncryptedTextField(null=True)
    phone_index = BlindIndexField(of="phone", null=True)
    application = models.ForeignKey(Application, null=True, on_delete=models.PROTECT, related_name="bulk_rows")
    invited_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)

    objects = BulkRowQuerySet.as_manager()

    class Meta:
        verbose_name = _("row of a bulk import")
        verbose_name_plural = _("rows of a bulk import")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["bulk_import", "number"], name="bulk_row_once"),
            # one open invitation for a person and phone by an organisation, whatever files they stand in
            models.UniqueConstraint(
                fields=["key"], condition=models.Q(outcome=str(Outcome.INVITED), name__isnull=False), name="bulk_row_invited_once"
            ),
        ]
        indexes = [
            models.Index(fields=["bulk_import", "number"], condition=models.Q(outcome=""), name="bulk_row_pending"),
            models.Index(fields=["expires_at"], condition=models.Q(name__isnull=False), name="bulk_row_kept"),
        ]

    def vault_person_id(self) -> uuid.UUID:
        """Until somebody agrees there is no person of theirs: the import's key encrypts it."""
        return self.bulk_import_id

    @classmethod
    def forgotten(cls) -> dict[str, None]:
        """The fields of what a row says, as they are once that is gone; what became of it stays."""
        return dict.fromkeys(("name", "id_number", "phone", "phone_index"))
