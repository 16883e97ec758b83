"""Sessions in the database that are prolonged by use, and written at most once a minute for it.

Django can only write a session with every request or with none that changes nothing: the former is a transaction, synced to the
disk, for every photograph and for every question of a page that waits.
"""

from datetime import timedelta

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.base_session import AbstractBaseSession
from django.utils import timezone

# a session ends SESSION_COOKIE_AGE after its last use, or up to so much earlier: never later
RENEW_AFTER = timedelta(minutes=1)


class SessionStore(DatabaseStore):
    """As Django's; the middleware saves it after a request where it was last saved a while ago."""

    def _get_session_from_db(self) -> AbstractBaseSession | None:
        row = super()._get_session_from_db()
        if row is not None and timezone.now() > row.expire_date - timedelta(seconds=self.get_session_cookie_age()) + RENEW_AFTER:
            self.modified = True
        return row
