"""What anybody may ask: the description of the API; and the answer where there is nothing."""

from functools import cache

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import translation
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.csrf import csrf_exempt
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiYamlRenderer

from registration.api.v1 import problems


@cache
def description() -> bytes:
    """OpenAPI 3, made once a process; docs/api/registration-v1.yaml is the same."""
    # whoever asks first: the names of choices would be in their language
    with translation.override("en"):
        return OpenApiYamlRenderer().render(SchemaGenerator().get_schema(request=None, public=True), renderer_context={})


class Schema(View):
    """The description, from our own origin."""

    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest) -> HttpResponse:
        """As YAML."""
        return HttpResponse(description(), content_type="application/vnd.oai.openapi; charset=utf-8")


@method_decorator(csrf_exempt, name="dispatch")
class Nothing(View):
    """An address that is none, in the words of the API."""

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        """404, whatever the method."""
        return JsonResponse(problems.problem("not_found", 404), status=404, content_type=problems.MEDIA_TYPE)
