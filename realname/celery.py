"""The Celery application: workers share nothing but Postgres, Redis and storage."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "realname.settings")

app = Celery("realname")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
