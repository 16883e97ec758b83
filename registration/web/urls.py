"""The applicant's pages."""

from django.urls import path

from registration.states import Party
from registration.web import (
    invited,
    s0_start,
    s1_consent,
    s2_number,
    s2_phone,
    s3_document,
    s4_details,
    s5_challenge,
    s5_person,
    s6_review,
    s7_status,
)

app_name = "registration"
# the same pages, of the document of who acts for the person
OF_WHO_ACTS = {"party": Party.REPRESENTATIVE}
urlpatterns = [
    path("", s0_start.start, name="start"),
    path("notices/<str:purpose>", s0_start.notice, name="notice"),
    path("privacy", s0_start.privacy, name="privacy"),
    path("help", s0_start.help_page, name="help"),
    path("invited/<uuid:row_id>", invited.invited, name="invited"),
    path("register/consent", s1_consent.consent, name="consent"),
    path("register/phone", s2_phone.phone, name="phone"),
    path("register/code", s2_phone.code, name="code"),
    path("register/code/state", s2_phone.code_state, name="code_state"),
    path("register/code/call", s2_phone.call, name="call"),
    path("register/code/resend", s2_phone.resend, name="resend"),
    path("register/code/inbox", s2_phone.inbox, name="inbox"),
    path("register/resume", s2_phone.resume, name="resume"),
    path("register/choose-document", s3_document.choose_document, name="choose_document"),
    path("register/number", s2_number.number, name="number"),
    path("register/number/browse", s2_number.browse, name="number_browse"),
    path("register/number/reserve", s2_number.reserve, name="number_reserve"),
    path("register/number/own", s2_number.own, name="number_own"),
    path("register/document", s3_document.document, name="document"),
    path("register/document/state", s3_document.document_state, name="document_state"),
    path("register/yours/document", s3_document.document, OF_WHO_ACTS, name="representative_document"),
    path("register/yours/document/state", s3_document.document_state, OF_WHO_ACTS, name="representative_document_state"),
    path("register/yours/choose-document", s3_document.choose_document, OF_WHO_ACTS, name="representative_choose_document"),
    path("register/yours/details", s4_details.details, OF_WHO_ACTS, name="representative_details"),
    path("register/document/<str:side>", s3_document.capture, name="document_capture"),
    path("register/details", s4_details.details, name="details"),
    path("register/selfie", s5_person.selfie, name="selfie"),
    path("register/selfie/state", s5_person.selfie_state, name="selfie_state"),
    path("register/challenge", s5_challenge.challenge, name="challenge"),
    path("register/challenge/state", s5_challenge.challenge_state, name="challenge_state"),
    path("register/challenge/start", s5_challenge.start, name="challenge_start"),
    path("register/challenge/without", s5_challenge.without, name="challenge_without"),
    path("register/statement", s5_person.statement, name="statement"),
    path("register/review", s6_review.review, name="review"),
    path("register/submit", s6_review.submit, name="submit"),
    path("register/status", s7_status.status, name="status"),
    path("register/status/live", s7_status.status_live, name="status_live"),
    path("register/withdraw", s7_status.withdraw, name="withdraw"),
    path("register/ask-review", s7_status.ask_review, name="ask_review"),
    path("register/leave", s7_status.leave, name="leave"),
]
