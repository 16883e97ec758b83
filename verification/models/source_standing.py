"""How a source stands: whether it is down, since when, and what was told of it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SourceStanding(models.Model):
    """One row a source, kept by the sweeper; the breaker knows the moment, this row the history that an alarm needs (P-VER-6)."""

    name = models.CharField(_("source"), max_length=32, primary_key=True)
    down_since = models.DateTimeField(_("down since"), null=True)
    recovered_at = models.DateTimeField(_("back since"), null=True)
    alarmed_at = models.DateTimeField(_("alarm given at"), null=True)
    # the beginning of the hour and the day for which it was told that the budget runs out, so that it is told once
    questions_told = models.DateTimeField(null=True)
    cents_told = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("standing of a source")
        verbose_name_plural = _("standings of sources")
