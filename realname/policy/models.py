"""The versions of the policy."""

from typing import Any, NoReturn

from django.db import models
from django.utils.translation import gettext_lazy as _


class PolicyVersion(models.Model):
    """All values that differ from their defaults, from this version until the next. Append-only, also by database trigger."""

    number = models.PositiveIntegerField(_("number"), primary_key=True)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    actor_id = models.CharField(_("actor id"), max_length=64)
    actor_name = models.CharField(_("actor"), max_length=150, blank=True)
    note = models.TextField(_("reason"))
    changed_key = models.CharField(_("parameter"), max_length=100)
    values = models.JSONField(_("values"))

    class Meta:
        verbose_name = _("policy version")
        verbose_name_plural = _("policy versions")
        ordering = ("-number",)
        default_permissions = ("view", "add")

    def __str__(self) -> str:
        return str(self.number)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert only. Raises TypeError for a version that exists."""
        if not self._state.adding:
            raise TypeError("a policy version is never changed")
        super().save(*args, **(kwargs | {"force_insert": True}))

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Raises TypeError."""
        raise TypeError("a policy version is never deleted")
