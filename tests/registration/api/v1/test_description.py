"""The description of the API is what is served, and what lies in docs (P-PAR-5)."""

import pytest
import yaml
from django.urls import get_resolver
from django.utils import translation

from realname.paths import REPO
from registration.api.v1.outside import description
from registration.api.v1.urls import urlpatterns

WRITTEN = REPO / "docs" / "api" / "registration-v1.yaml"


def test_the_written_description_is_current():
    """Made anew by `manage.py spectacular --lang en --file docs/api/registration-v1.yaml`."""
    assert WRITTEN.read_bytes() == description()


def test_it_is_in_english_whoever_asks_first():
    """It is made once a process."""
    description.cache_clear()
    with translation.override("zh-hans"):
        assert description() == WRITTEN.read_bytes()


def test_every_route_is_described():
    """All but the token, which RFC 6749 describes, the description itself, and nothing."""
    paths = yaml.safe_load(WRITTEN.read_bytes())["paths"]
    described = {path.removeprefix("/api/registration/v1/").replace("{", "<str:").replace("}", ">") for path in paths}
    assert described == {str(route.pattern) for route in urlpatterns if route.name not in {"token", "schema", "nothing"}}
    assert get_resolver().resolve("/api/registration/v1/schema").view_name == "api_v1:schema"


@pytest.mark.django_db
def test_it_is_served_to_anybody_from_our_origin(client):
    """Without anything of a third party."""
    response = client.get("/api/registration/v1/schema")
    assert (response.status_code, response.content) == (200, description())
