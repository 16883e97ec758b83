"""The staff pages of this stage, hung on the admin site under their models (registration/admin.py)."""

from django.urls import URLPattern, path

from registration.desk.stock import stock
from registration.desk.terminate import terminate

# Below `admin:registration_line_…` and `admin:registration_number_…`.
LINE_PATHS: list[URLPattern] = [path("<uuid:line_id>/terminate/", terminate, name="registration_line_terminate")]
NUMBER_PATHS: list[URLPattern] = [path("stock/", stock, name="registration_number_stock")]
