"""One query for the keys of a whole page of rows, instead of one for each person."""

from collections.abc import Iterable

from django.db.models import Model

from realname.vault import keys
from realname.vault.envelope import header
from realname.vault.sealed import Sealed


def prefetch_keys(rows: Iterable[Model]) -> None:
    """Make ready the keys of all still sealed values of these loaded rows. Raises Tampered for a value that is no envelope."""
    values = (value for row in rows for value in vars(row).values())
    keys.load_keys({header(value.envelope).key_id for value in values if isinstance(value, Sealed)})
