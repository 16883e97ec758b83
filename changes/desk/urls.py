"""The pages of a change, hung on the admin site under its model (changes/admin.py)."""

from django.urls import URLPattern, path

from changes.desk import acts
from changes.desk.case import case
from changes.desk.request import request_contact_phone

# Below `admin:changes_changerequest_…`.
PATHS: list[URLPattern] = [
    path("request/", request_contact_phone, name="changes_changerequest_request"),
    path("<uuid:change_id>/case/", case, name="changes_changerequest_case"),
    path("<uuid:change_id>/case/prove/", acts.prove, name="changes_changerequest_prove"),
    path("<uuid:change_id>/case/approve/", acts.approve, name="changes_changerequest_approve"),
    path("<uuid:change_id>/case/reject/", acts.reject, name="changes_changerequest_reject"),
    path("<uuid:change_id>/case/withdraw/", acts.withdraw, name="changes_changerequest_withdraw"),
    path("<uuid:change_id>/case/stop/", acts.stop, name="changes_changerequest_stop"),
]
