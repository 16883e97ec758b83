"""A database of its own for a measurement, on the embedded servers."""

from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def own_database() -> Iterator[None]:
    """Django, set up, on an empty database that is gone afterwards. Settings are read here: what names them is set before."""
    from realname.embedded import use_embedded_servers

    use_embedded_servers()
    import django

    django.setup()
    from django.db import connection

    name = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        yield
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)
