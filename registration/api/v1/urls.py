"""The addresses of version 1: what is here stays as it is; what breaks it is version 2."""

from django.urls import path, re_path

from registration.api.v1 import begin, evidence, finish, representative
from registration.api.v1.clients import Token
from registration.api.v1.outside import Nothing, Schema
from registration.states import Party

app_name = "api_v1"
ONE = "applications/<str:application_id>"
# the same of who acts for the person
OWN, OF_WHO_ACTS = f"{ONE}/representative", {"party": Party.REPRESENTATIVE}
urlpatterns = [
    path("token", Token.as_view(), name="token"),
    path("schema", Schema.as_view(), name="schema"),
    path("notices", begin.Notices.as_view(), name="notices"),
    path("document-types", evidence.Documents.as_view(), name="document_types"),
    path("applications", begin.Applications.as_view(), name="applications"),
    path(ONE, begin.OneApplication.as_view(), name="application"),
    path(f"{ONE}/path", begin.PathChoice.as_view(), name="path"),
    path(f"{ONE}/leave-face", begin.LeaveFace.as_view(), name="leave_face"),
    path(f"{ONE}/phone-code", begin.PhoneCode.as_view(), name="phone_code"),
    path(f"{ONE}/phone-code/call", begin.PhoneCall.as_view(), name="phone_call"),
    path(f"{ONE}/phone", begin.Phone.as_view(), name="phone"),
    path(f"{ONE}/resume", begin.Resume.as_view(), name="resume"),
    path(f"{ONE}/numbers", finish.Numbers.as_view(), name="numbers"),
    path(f"{ONE}/number", finish.Number.as_view(), name="number"),
    path(f"{ONE}/document-type", evidence.DocumentChoice.as_view(), name="document_type"),
    path(f"{ONE}/captures", evidence.Captures.as_view(), name="captures"),
    path(f"{ONE}/document/<str:side>", evidence.DocumentPhoto.as_view(), name="document"),
    path(f"{ONE}/details", evidence.Details.as_view(), name="details"),
    path(f"{OWN}/document-type", evidence.DocumentChoice.as_view(**OF_WHO_ACTS), name="representative_document_type"),
    path(f"{OWN}/details", evidence.Details.as_view(**OF_WHO_ACTS), name="representative_details"),
    path(f"{OWN}/phone-code", begin.PhoneCode.as_view(**OF_WHO_ACTS), name="representative_phone_code"),
    path(f"{OWN}/phone-code/call", begin.PhoneCall.as_view(**OF_WHO_ACTS), name="representative_phone_call"),
    path(f"{OWN}/phone", representative.OwnPhone.as_view(), name="representative_phone"),
    path(f"{OWN}/phone/share", representative.SharePhone.as_view(), name="representative_phone_share"),
    path(f"{ONE}/selfie", evidence.Selfie.as_view(), name="selfie"),
    path(f"{ONE}/challenge", evidence.ChallengeStart.as_view(), name="challenge"),
    path(f"{ONE}/challenge/answer", evidence.ChallengeAnswer.as_view(), name="challenge_answer"),
    path(f"{ONE}/statement", evidence.Statement.as_view(), name="statement"),
    path(f"{ONE}/review", finish.Review.as_view(), name="review"),
    path(f"{ONE}/submit", finish.Submit.as_view(), name="submit"),
    path(f"{ONE}/withdraw", finish.Withdraw.as_view(), name="withdraw"),
    path(f"{ONE}/ask-review", finish.AskReview.as_view(), name="ask_review"),
    re_path(r"^.*$", Nothing.as_view(), name="nothing"),
]
