"""Equality search over encrypted values: a keyed digest beside the ciphertext."""

import hashlib
import hmac
from collections.abc import Callable
from typing import Any

from django.db import models

from realname.vault import keyring_file
from realname.vault.sealed import Sealed

_LABEL = b"realname.blind-index"
DIGEST_CHARACTERS = 64


def blind_index(domain: str, value: str) -> str:
    """HMAC-SHA256 of a normalised value, as 64 hex digits. Equal values in different domains differ."""
    message = b"\0".join([_LABEL, domain.encode(), value.encode()])
    return hmac.new(keyring_file.load().blind_index_key, message, hashlib.sha256).hexdigest()


class BlindIndexField(models.CharField):
    """The blind index of a sibling field, filled on save; NULL (or empty where NULL is not allowed) when that is empty.

    `domain` defaults to the sibling's name. `within` names further siblings that say what space the value belongs to: `normalise` is
    given their values behind it. `save(update_fields=…)` must name the index wherever it names one of them: ValueError otherwise,
    since an index that is behind its value would let a double pass unseen.
    """

    def __init__(
        self,
        *args: Any,
        of: str = "",
        normalise: Callable[..., str] | None = None,
        domain: str = "",
        within: tuple[str, ...] = (),
        **kwargs: Any,
    ) -> None:
        self.of, self.normalise, self.domain, self.within = of, normalise, domain or of, within
        kwargs["max_length"] = DIGEST_CHARACTERS
        kwargs.setdefault("editable", False)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def contribute_to_class(self, cls: type[models.Model], name: str, **kwargs: Any) -> None:
        """Watch partial saves of the model."""
        super().contribute_to_class(cls, name, **kwargs)
        if not cls._meta.abstract:
            models.signals.pre_save.connect(self._check_saved_together, sender=cls)

    def _check_saved_together(self, update_fields: frozenset[str] | None = None, **kwargs: Any) -> None:
        if update_fields and self.name not in update_fields and not update_fields.isdisjoint({self.of, *self.within}):
            raise ValueError(f"Save {self.name} together with {', '.join((self.of, *self.within))}: name all in update_fields.")

    def deconstruct(self):
        """`normalise` stays out of migrations: it is code, not schema."""
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "of": self.of, "domain": self.domain}

    def pre_save(self, model_instance: models.Model, add: bool) -> str | None:
        """The index of the sibling's value as it is now."""
        kept = getattr(model_instance, self.attname)
        if kept and isinstance(model_instance.__dict__.get(self.of), Sealed):
            return kept  # loaded and never read, so unchanged; reading it could fail after an erasure
        value = getattr(model_instance, self.of)
        index = blind_index(self.domain, self._normalised(value, model_instance)) if value else None
        index = index if index or self.null else ""
        setattr(model_instance, self.attname, index)
        return index

    def _normalised(self, value: str, model_instance: models.Model) -> str:
        if self.normalise is None:
            return value
        return self.normalise(value, *(getattr(model_instance, name) for name in self.within))
