"""What this stage tells a person in their account."""

from django.utils.translation import gettext_lazy as _

from registration.inbox import NoticeKind, register_notice

APPLICATION_APPROVED, APPLICATION_REJECTED, APPLICATION_ASKED_AGAIN = (
    "application_approved",
    "application_rejected",
    "application_asked_again",
)

for _code, _title, _text in (
    (
        APPLICATION_APPROVED,
        _("Your number is active"),
        _("Your application %(reference)s was approved. The number is registered under your name."),
    ),
    (
        APPLICATION_REJECTED,
        _("Your application was refused"),
        _("Your application %(reference)s was refused. The reasons are on its page, and you can ask that a person decides."),
    ),
    (
        APPLICATION_ASKED_AGAIN,
        _("Something is needed again"),
        _("For your application %(reference)s we need something again. Its page names what; everything else stays as it is."),
    ),
):
    register_notice(NoticeKind(_code, _title, _text, "account:applications"))
