"""The one view."""

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from benchmarks.bare.models import Upload


@csrf_exempt
@transaction.atomic
def store(request: HttpRequest) -> HttpResponse:
    """Keep the photograph and a row that names it."""
    Upload.objects.create(file=request.FILES["photo"])
    return HttpResponse(status=204)


urlpatterns = [path("store", store)]
