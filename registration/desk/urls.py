"""The staff pages of this stage, hung on the admin site under their models (registration/admin.py)."""

from django.urls import URLPattern, path

from registration.desk.bulk import bulk, bulk_import, bulk_progress, cancel, confirm, report
from registration.desk.stock import stock
from registration.desk.terminate import terminate

# Below `admin:registration_line_…`, `admin:registration_number_…` and `admin:registration_bulkimport_…`.
LINE_PATHS: list[URLPattern] = [path("<uuid:line_id>/terminate/", terminate, name="registration_line_terminate")]
NUMBER_PATHS: list[URLPattern] = [path("stock/", stock, name="registration_number_stock")]
BULK_PATHS: list[URLPattern] = [
    path("own/", bulk, name="registration_bulk"),
    path("own/<uuid:import_id>/", bulk_import, name="registration_bulk_import"),
    path("own/<uuid:import_id>/progress/", bulk_progress, name="registration_bulk_progress"),
    path("own/<uuid:import_id>/confirm/", confirm, name="registration_bulk_confirm"),
    path("own/<uuid:import_id>/cancel/", cancel, name="registration_bulk_cancel"),
    path("own/<uuid:import_id>/report/", report, name="registration_bulk_report"),
]
