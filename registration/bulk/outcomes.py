"""What can become of a row, and the sentence that says so. None tells anything of people that the file does not."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Outcome(TextChoices):
    """Stable codes; they stand in reports that organisations read by program."""

    INVITED = "invited", _("The person is invited by text message. The line is registered once they have proven who they are.")
    NAME_INVALID = "name_invalid", _("The name can not be one. Enter it as on the ID card.")
    ID_NUMBER_INVALID = "id_number_invalid", _("The ID number can not be one. Enter all 18 characters as on the ID card.")
    ID_NUMBER_DAMAGED = (
        "id_number_damaged",
        _("The spreadsheet took the ID number for a number and lost its last digits. Format the column as text and enter it again."),
    )
    UNDER_AGE = "under_age", _("By the ID number the person is too young to register a line by themselves.")
    PHONE_INVALID = "phone_invalid", _("The phone number can not be one. Enter the 11 digits of a Chinese mobile number.")
    DOUBLED = "doubled", _("The same person and phone number stand further up in this file. The row further up counts.")
    PHONE_DOUBLED = (
        "phone_doubled",
        _("The same phone number stands further up in this file for somebody else. Enter each person's own number."),
    )
    ALREADY_INVITED = "already_invited", _("You have invited this person with this phone number already, and the invitation is still open.")
    CANCELLED = "cancelled", _("The import was cancelled before this row was reached.")
    EXPIRED = "expired", _("The person did not answer the invitation in time.")

    @classmethod
    def of_the_row(cls) -> tuple["Outcome", ...]:
        """Those that say that the row itself is wrong."""
        return (
            cls.NAME_INVALID,
            cls.ID_NUMBER_INVALID,
            cls.ID_NUMBER_DAMAGED,
            cls.UNDER_AGE,
            cls.PHONE_INVALID,
            cls.DOUBLED,
            cls.PHONE_DOUBLED,
        )
