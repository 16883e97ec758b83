"""Figures of this process for a Prometheus server that knows the token; nobody else learns that they exist."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from django.utils.crypto import constant_time_compare
from django.views.decorators.http import require_safe
from django_prometheus.exports import ExportToDjangoView


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """The figures, for `Authorization: Bearer <REALNAME_METRICS_TOKEN>`; without a token set, for nobody."""
    offered = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not settings.METRICS_TOKEN or not constant_time_compare(offered, settings.METRICS_TOKEN):
        raise Http404
    return ExportToDjangoView(request)


urlpatterns = [path("metrics", metrics, name="metrics")]
