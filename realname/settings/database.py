"""One Postgres. `DATABASE_URL` is the program's role; `DATABASE_OWNER_URL` owns the schema and is used by migrations only."""

import os
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from realname.settings import env


def database(url: str) -> dict:
    """Django's database settings from `postgresql://user:password@host:port/name?host=/socket&sslmode=…`."""
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured("DATABASE_URL must begin with postgresql://.")
    query = {key: values[-1] for key, values in parse_qs(parts.query).items()}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", "") or parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": query,
    }


AS_OWNER = env.flag("REALNAME_AS_OWNER")
_url = (AS_OWNER and env.text("DATABASE_OWNER_URL")) or env.text("DATABASE_URL")
if not _url:
    raise ImproperlyConfigured("DATABASE_URL names no Postgres. Start through manage.py or script/demo, or set it.")
DATABASES = {"default": database(_url)}
# Named in the grants after each migration; empty where one role does everything.
DATABASE_APP_ROLE = os.environ.get("DATABASE_APP_ROLE", "")
