"""The versions of the policy."""

from datetime import datetime
from typing import Any, NoReturn

from django.db import models
from django.utils.translation import gettext_lazy as _


class AppendOnly(models.Model):
    """Rows that are written once; a database trigger holds every other program to it as well."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert only. Raises TypeError for a row that exists."""
        if not self._state.adding:
            raise TypeError("what was published is never changed")
        super().save(*args, **(kwargs | {"force_insert": True}))

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Raises TypeError."""
        raise TypeError("what was published is never deleted")


class VersionQuerySet(models.QuerySet):
    """Adjectives of versions."""

    def live(self) -> "VersionQuerySet":
        """Not cancelled."""
        return self.filter(cancellation__isnull=True)

    def scheduled(self, now: datetime) -> "VersionQuerySet":
        """Published, and not acting yet."""
        return self.live().filter(acts_from__gt=now)


class PolicyVersion(AppendOnly):
    """All values that differ from their defaults, from `acts_from` until the next version acts.

    Numbers rise with the moments from which versions act: the one that acts is the highest whose moment has come.
    """

    number = models.PositiveIntegerField(_("number"), primary_key=True)
    published_at = models.DateTimeField(_("published at"), auto_now_add=True)
    acts_from = models.DateTimeField(_("acts from"))
    drafter_id = models.CharField(max_length=64)
    drafter_name = models.CharField(_("drafted by"), max_length=150, blank=True)
    publisher_id = models.CharField(max_length=64)
    publisher_name = models.CharField(_("published by"), max_length=150, blank=True)
    reason = models.TextField(_("reason"))
    changes = models.JSONField(_("changes"), default=list)  # [{"key", "old", "new"}] against the version before
    values = models.JSONField(_("values"))

    objects = VersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("policy version")
        verbose_name_plural = _("policy versions")
        ordering = ("-number",)
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.number)


class PolicyCancellation(AppendOnly):
    """A version that was stopped before it acted. It keeps its number, and never acts."""

    version = models.OneToOneField(PolicyVersion, on_delete=models.PROTECT, primary_key=True, related_name="cancellation")
    cancelled_at = models.DateTimeField(auto_now_add=True)
    actor_id = models.CharField(max_length=64)
    actor_name = models.CharField(max_length=150, blank=True)
    reason = models.TextField()

    class Meta:
        default_permissions = ()
