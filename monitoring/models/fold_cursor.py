"""How far the trail is folded."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class FoldCursor(models.Model):
    """One generation of rollups and its place in the trail: everything up to (txid, id) is in it, once.

    A rebuild folds a new generation beside the active one and then takes its place, so the pages never show half of it.
    """

    generation = models.PositiveIntegerField(_("generation"), primary_key=True)
    txid = models.BigIntegerField(default=0)
    # named so, since Django reserves `id` for a key of its own
    event_id = models.BigIntegerField(default=0)
    active = models.BooleanField(default=False)
    updated_at = models.DateTimeField(_("updated"), auto_now=True)

    class Meta:
        verbose_name = _("fold")
        verbose_name_plural = _("folds")
        constraints = [models.UniqueConstraint(fields=["active"], condition=models.Q(active=True), name="fold_one_active")]

    def __str__(self) -> str:
        return f"{self.generation}"
