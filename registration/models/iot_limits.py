"""What a line of a thing may do, and where: asked for of a use, and recorded again on each line of it (R-19)."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from realname.vault.fields import EncryptedTextField
from registration.states import IotGrant


class IotLimits(models.Model):
    """Limits of function and place. `places` are codes of GB/T 2260 (province or city), or 000000 for all of the mainland.

    The numbers of the whitelists lie encrypted, one a line: of a watch they are its wearer's family.
    """

    voice = models.CharField(_("voice"), max_length=16, choices=IotGrant.choices, default=IotGrant.NONE)
    voice_numbers = EncryptedTextField(null=True)
    sms = models.CharField(_("text messages"), max_length=16, choices=IotGrant.choices, default=IotGrant.NONE)
    sms_numbers = EncryptedTextField(null=True)
    # data go through this access point only; empty: no data
    apn = models.CharField(_("access point (APN)"), max_length=63, blank=True)
    # hosts that can be reached; empty: whatever the access point lets through
    hosts = ArrayField(models.CharField(max_length=253), default=list, blank=True)
    monthly_megabytes = models.PositiveIntegerField(_("megabytes a month"), default=0)
    places = ArrayField(models.CharField(max_length=6))

    class Meta:
        abstract = True


# the fields above, to be taken over from a use onto a line
LIMIT_FIELDS = tuple(field.name for field in IotLimits._meta.local_fields)


def limits_constraints(name: str) -> list[models.CheckConstraint]:
    """No row without limits: a place at least, a list wherever voice or text messages are granted, an access point and a cap of data."""
    none, listed = str(IotGrant.NONE), str(IotGrant.WHITELIST)
    lists = [
        models.CheckConstraint(
            condition=models.Q(**{function: none, f"{function}_numbers__isnull": True})
            | models.Q(**{function: listed, f"{function}_numbers__isnull": False}),
            name=f"{name}_{function}_is_limited",
        )
        for function in ("voice", "sms")
    ]
    return [
        *lists,
        models.CheckConstraint(condition=models.Q(places__len__gt=0), name=f"{name}_has_places"),
        models.CheckConstraint(
            condition=models.Q(apn="", monthly_megabytes=0) | ~models.Q(apn="") & models.Q(monthly_megabytes__gt=0),
            name=f"{name}_data_are_limited",
        ),
        models.CheckConstraint(
            condition=~models.Q(voice=none, sms=none, apn=""),
            name=f"{name}_does_something",
        ),
    ]
