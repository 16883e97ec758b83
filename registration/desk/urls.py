"""The staff pages of this stage, hung on the admin site under their models (registration/admin.py)."""

from django.urls import URLPattern, path

from registration.desk.bulk import bulk, bulk_import, bulk_progress, cancel, confirm, report
from registration.desk.filing import filing
from registration.desk.holds import hold_case, hold_place
from registration.desk.iot import own as iot_own
from registration.desk.iot import review as iot_review
from registration.desk.organisations import correct, corrections, lines, review
from registration.desk.organisations import own as clerks
from registration.desk.retention import retention, retention_clock
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
# Below `admin:registration_organisation_…`.
ORGANISATION_PATHS: list[URLPattern] = [
    path("own/", clerks.organisations, name="registration_organisation_own"),
    path("own/<uuid:organisation_id>/", clerks.entered, name="registration_organisation_entered"),
    path("own/<uuid:organisation_id>/name/", clerks.name_it, name="registration_organisation_name"),
    path("own/<uuid:organisation_id>/correct/", correct.correct, name="registration_organisation_correct"),
    path("own/<uuid:organisation_id>/take-back/", correct.take_back, name="registration_organisation_take_back"),
    path("own/<uuid:organisation_id>/lines/", lines.lines, name="registration_organisation_lines"),
    path("own/<uuid:organisation_id>/lines/<uuid:line_id>/", lines.line, name="registration_organisation_line"),
    path("own/<uuid:organisation_id>/lines/<uuid:line_id>/replace/", lines.replace, name="registration_organisation_replace"),
    path("own/<uuid:organisation_id>/lines/<uuid:line_id>/end/", lines.end, name="registration_organisation_end"),
    path("own/<uuid:organisation_id>/<str:kind>/", clerks.photograph, name="registration_organisation_photograph"),
    path("review/", review.organisations_to_judge, name="registration_organisation_review"),
    path("review/<uuid:organisation_id>/", review.case, name="registration_organisation_case"),
    path("review/<uuid:organisation_id>/open/", review.open_case, name="registration_organisation_open"),
    path("review/<uuid:organisation_id>/approve/", review.approve, name="registration_organisation_approve"),
    path("review/<uuid:organisation_id>/reject/", review.reject, name="registration_organisation_reject"),
    path("review/<uuid:organisation_id>/suspend/", review.suspend, name="registration_organisation_suspend"),
    path("review/<uuid:organisation_id>/accept/<uuid:correction_id>/", corrections.accept, name="registration_organisation_accept"),
    path("review/<uuid:organisation_id>/refuse/<uuid:correction_id>/", corrections.refuse, name="registration_organisation_refuse"),
    path("review/<uuid:organisation_id>/papers/<uuid:image_id>/", review.paper, name="registration_organisation_paper"),
]
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
# Below `admin:registration_iotuse_…` and `admin:registration_iotline_…`.
IOT_USE_PATHS: list[URLPattern] = [
    path("own/", iot_own.uses, name="registration_iotuse_own"),
    path("own/<uuid:organisation_id>/ask/", iot_own.ask, name="registration_iotuse_ask"),
    path("own/<uuid:use_id>/", iot_own.kept, name="registration_iotuse_kept"),
    path("own/<uuid:use_id>/activate/", iot_own.activate, name="registration_iotuse_activate"),
    path("review/", iot_review.uses_to_judge, name="registration_iotuse_review"),
    path("review/<uuid:use_id>/", iot_review.case, name="registration_iotuse_case"),
    path("review/<uuid:use_id>/approve/", iot_review.approve, name="registration_iotuse_approve"),
    path("review/<uuid:use_id>/reject/", iot_review.reject, name="registration_iotuse_reject"),
    path("review/<uuid:use_id>/close/", iot_review.close, name="registration_iotuse_close"),
]
IOT_LINE_PATHS: list[URLPattern] = [
    path("own/<uuid:line_id>/", iot_own.line_kept, name="registration_iotline_kept"),
    path("own/<uuid:line_id>/recheck/", iot_own.recheck, name="registration_iotline_recheck"),
    path("own/<uuid:line_id>/end/", iot_own.end, name="registration_iotline_end"),
    path("review/<uuid:line_id>/", iot_review.line_case, name="registration_iotline_case"),
    path("rechecks/<uuid:recheck_id>/lift/", iot_review.lift, name="registration_iotline_lift"),
    path("rechecks/<uuid:recheck_id>/refuse/", iot_review.refuse, name="registration_iotline_refuse"),
]
