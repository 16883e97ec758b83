"""What `submit.py` compares with: a Django site of one view that stores the bytes it is sent and one row, and does nothing else."""

import os
from uuid import uuid4

import django
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.urls import path

TABLE = "bare_upload"


@transaction.atomic
def store(request: HttpRequest) -> HttpResponse:
    """Keep the photograph and a row that names it."""
    name = FileSystemStorage(location=os.environ["BARE_FILES"]).save(str(uuid4()), ContentFile(request.FILES["photo"].read()))
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {TABLE} (id, name, at) VALUES (%s, %s, now())", [uuid4(), name])
    return HttpResponse(status=204)


urlpatterns = [path("store", store)]


def application() -> WSGIHandler:
    """The site, on the database at DATABASE_URL."""
    from realname.settings.database import DATABASES

    settings.configure(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["127.0.0.1"], DATABASES=DATABASES, FILE_UPLOAD_MAX_MEMORY_SIZE=20_000_000)
    django.setup()
    return WSGIHandler()
