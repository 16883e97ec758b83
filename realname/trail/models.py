"""The trail's tables. Their SQL (partitions, triggers, defaults) stands in the first migration."""

from typing import Any, NoReturn

from django.db import models
from django.utils.translation import gettext_lazy as _

from realname.trail.errors import AppendOnly


class AppendOnlyQuerySet(models.QuerySet):
    """Says in Python, and early, what the database's triggers enforce anyway."""

    def update(self, **kwargs: Any) -> NoReturn:
        """Raise AppendOnly."""
        raise AppendOnly("Rows of the trail are never altered.")

    def delete(self) -> NoReturn:
        """Raise AppendOnly."""
        raise AppendOnly("Rows of the trail are never deleted.")

    update.queryset_only = True
    delete.queryset_only = True


class AppendOnlyModel(models.Model):
    """A row that is written once by `record()` or the sealer, and then only read."""

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Raise AppendOnly."""
        raise AppendOnly("Rows of the trail are written by record() and by the sealer only.")

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Raise AppendOnly."""
        raise AppendOnly("Rows of the trail are never deleted.")


class Event(AppendOnlyModel):
    """One thing that happened (P-ALL-4). In the database the key is (id, at), since the table is split by month."""

    id = models.BigIntegerField(primary_key=True, editable=False)
    # the order of reading is (txid, id): a transaction that commits late is never skipped
    txid = models.BigIntegerField(_("transaction"))
    at = models.DateTimeField(_("time"))
    uid = models.UUIDField()
    name = models.TextField(_("event"))
    actor_kind = models.TextField(_("actor kind"))
    actor_id = models.TextField(_("actor id"))
    actor_name = models.TextField(_("actor"))
    actor_role = models.TextField(_("role"))
    device = models.TextField(_("device"))
    ip = models.TextField(_("IP address"))
    subject_kind = models.TextField(_("subject kind"))
    subject_id = models.TextField(_("subject id"))
    related_kind = models.TextField(_("related kind"))
    related_id = models.TextField(_("related id"))
    person_id = models.UUIDField(_("person"), null=True)
    reason = models.TextField(_("reason"))
    purpose = models.TextField(_("purpose"))
    data = models.JSONField(_("data"))
    before = models.BinaryField(null=True)
    after = models.BinaryField(null=True)
    correlation_id = models.TextField(_("correlation id"))

    class Meta:
        db_table = "trail_event"
        ordering = ["txid", "id"]
        verbose_name = _("event")
        verbose_name_plural = _("events")

    def __str__(self) -> str:
        return f"{self.id} {self.name}"

    def before_values(self) -> dict[str, Any] | None:
        """What was there before, decrypted; None if there was nothing or the person's key is destroyed."""
        from realname.trail.personal import open_values

        return open_values(self, "before")

    def after_values(self) -> dict[str, Any] | None:
        """What was there afterwards, decrypted; None if there was nothing or the person's key is destroyed."""
        from realname.trail.personal import open_values

        return open_values(self, "after")


class Seal(AppendOnlyModel):
    """The signed Merkle root of one batch of events, chained to the seal before it.

    It covers every event with (lower_txid, lower_id) < (txid, id) <= (upper_txid, upper_id); the seals together leave
    no gap, so a row slipped in anywhere below the newest seal lands in one of them and changes its count and root.
    """

    number = models.BigIntegerField(_("number"), primary_key=True)
    # which canonical form of a row was hashed (canonical.FORM)
    form = models.SmallIntegerField()
    lower_txid = models.BigIntegerField()
    lower_id = models.BigIntegerField()
    upper_txid = models.BigIntegerField()
    upper_id = models.BigIntegerField()
    count = models.IntegerField(_("events"))
    root = models.BinaryField()
    previous_hash = models.BinaryField()
    hash = models.BinaryField()
    signature = models.BinaryField()
    key_id = models.TextField(_("key"))
    sealed_at = models.DateTimeField(_("sealed at"))
    # the first eight bytes of each leaf hash, in order: they let `verify` name the row that was touched
    marks = models.BinaryField()

    class Meta:
        db_table = "trail_seal"
        ordering = ["number"]
        verbose_name = _("seal")
        verbose_name_plural = _("seals")

    def __str__(self) -> str:
        return f"{self.number}"


class ListenerCursor(models.Model):
    """How far one listener has read: everything up to (txid, id) is handled."""

    name = models.CharField(_("listener"), max_length=200, primary_key=True)
    txid = models.BigIntegerField(_("transaction"), default=0)
    # named so, since Django reserves `id` for a key of its own
    event_id = models.BigIntegerField(_("event"), default=0)
    failures = models.PositiveIntegerField(_("failures in a row"), default=0)
    last_error = models.TextField(_("last error"), blank=True, default="")
    retry_at = models.DateTimeField(_("next try"), null=True, blank=True)
    updated_at = models.DateTimeField(_("updated"), auto_now=True)

    class Meta:
        db_table = "trail_listener_cursor"
        verbose_name = _("listener")
        verbose_name_plural = _("listeners")

    def __str__(self) -> str:
        return self.name
