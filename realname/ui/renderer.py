"""How our forms are drawn: the site's own field template around Django's widgets, without changing how the admin draws its own."""

from pathlib import Path

import django.forms
from django.forms.renderers import DjangoTemplates
from django.utils.functional import cached_property

from realname.paths import REPO


class SiteRenderer(DjangoTemplates):
    """Draws `{{ field.as_field_group }}` and `{{ form }}` with `templates/components/`."""

    field_template_name = "components/field.html"
    form_template_name = "components/form.html"

    @cached_property
    def engine(self):  # noqa: ANN201
        """Django's template engine over our templates first, then those of Django's own widgets."""
        widgets = Path(django.forms.__file__).parent / self.backend.app_dirname
        options = {"APP_DIRS": True, "DIRS": [REPO / "templates", widgets], "NAME": "siteforms", "OPTIONS": {}}
        return self.backend(options)
