"""Something a person is told in their account."""

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from realname.vault.fields import EncryptedJSONField
from registration.models.person import Person


class InboxNoticeQuerySet(models.QuerySet):
    """Adjectives of notices."""

    def unread(self) -> "InboxNoticeQuerySet":
        """Not opened yet."""
        return self.filter(read_at__isnull=True)


class InboxNotice(models.Model):
    """One notice. Its text is made from kind and facts when it is read, in the language it is read in (registration/inbox.py)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="inbox_notices")
    kind = models.CharField(_("kind"), max_length=40)
    facts = EncryptedJSONField(null=True)  # what the text's placeholders stand for
    created_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True, blank=True)

    objects = InboxNoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice in the inbox")
        verbose_name_plural = _("notices in the inbox")
        ordering = ["-created_at"]
        indexes = [
            models.Index(fields=["person", "created_at"], name="inbox_notice_by_person"),
        ]

    def vault_person_id(self) -> uuid.UUID:
        """Its reader's key encrypts the facts."""
        return self.person_id
