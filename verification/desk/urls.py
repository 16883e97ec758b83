"""The pages of one review, hung on the admin site under its model (verification/admin.py)."""

from django.urls import URLPattern, path

from verification.desk.approve import approve
from verification.desk.ask_again import ask_again
from verification.desk.capture import capture
from verification.desk.case import case
from verification.desk.claim import open_data, release, take
from verification.desk.organisation import ask_organisation
from verification.desk.reject import reject

# Below `admin:verification_review_…`.
PATHS: list[URLPattern] = [
    path("organisations/<uuid:organisation_id>/ask/", ask_organisation, name="verification_organisation_ask"),
    path("<uuid:review_id>/case/", case, name="verification_review_case"),
    path("<uuid:review_id>/case/take/", take, name="verification_review_take"),
    path("<uuid:review_id>/case/release/", release, name="verification_review_release"),
    path("<uuid:review_id>/case/open/", open_data, name="verification_review_open"),
    path("<uuid:review_id>/case/captures/<uuid:capture_id>/", capture, name="verification_review_capture"),
    path("<uuid:review_id>/case/approve/", approve, name="verification_review_approve"),
    path("<uuid:review_id>/case/reject/", reject, name="verification_review_reject"),
    path("<uuid:review_id>/case/ask-again/", ask_again, name="verification_review_ask_again"),
]
