"""The staff pages of this stage, hung on the admin site under their models (registration/admin.py)."""

from django.urls import URLPattern, path

from registration.desk.filing import filing
from registration.desk.holds import hold_case, hold_place
from registration.desk.retention import retention, retention_clock
from registration.desk.stock import stock
from registration.desk.terminate import terminate

# Below `admin:registration_line_…` and `admin:registration_number_…`.
LINE_PATHS: list[URLPattern] = [path("<uuid:line_id>/terminate/", terminate, name="registration_line_terminate")]
NUMBER_PATHS: list[URLPattern] = [path("stock/", stock, name="registration_number_stock")]
# Below `admin:registration_legalhold_…` and `admin:registration_retention…`.
HOLD_PATHS: list[URLPattern] = [
    path("place/", hold_place, name="registration_legalhold_place"),
    path("<uuid:hold_id>/case/", hold_case, name="registration_legalhold_case"),
]
RETENTION_PATHS: list[URLPattern] = [
    path("report/", retention, name="registration_retention"),
    path("report/faces/", filing, name="registration_face_filing"),
    path("report/clock/<uuid:stop_id>/", retention_clock, name="registration_retention_clock"),
]
