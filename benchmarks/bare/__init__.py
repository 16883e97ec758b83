"""What `submit.py` compares with: a Django site as `startproject` makes it, with one view that stores a file and a row.

No encryption, no trail, no questions asked, nothing synced to the disk but the row: what an upload costs with Django alone.
"""

import os

import django
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler

TABLE = "bare_upload"
# as `startproject` writes them (Django 5.2)
APPS = ("django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions", "django.contrib.messages")
MIDDLEWARE = (
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
)


def application() -> WSGIHandler:
    """The site, on the database at DATABASE_URL."""
    from realname.settings.database import DATABASES

    settings.configure(
        ROOT_URLCONF="benchmarks.bare.views",
        SECRET_KEY="bare",  # noqa: S106 - it protects nothing
        ALLOWED_HOSTS=["127.0.0.1"],
        INSTALLED_APPS=[*APPS, "benchmarks.bare"],
        MIDDLEWARE=MIDDLEWARE,
        DATABASES=DATABASES,
        MEDIA_ROOT=os.environ["BARE_FILES"],
        FILE_UPLOAD_MAX_MEMORY_SIZE=20_000_000,
        USE_TZ=True,
    )
    django.setup()
    return WSGIHandler()
