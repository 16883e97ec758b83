"""What can go wrong with the trail. All of these are faults of code or of the installation, never of a person's input."""


class TrailError(Exception):
    """Root of the trail's errors."""


class UnknownEvent(TrailError):
    """An event was recorded or listened to whose name no app has registered."""


class NotInTransaction(TrailError):
    """`record()` was called outside a transaction, so the row could outlive the change it speaks of."""


class WrongSubject(TrailError):
    """The subject is not of the kind the event type names."""


class PersonalDataInTrail(TrailError):
    """Personal data were about to be written where nobody could ever erase them."""


class AppendOnly(TrailError):
    """Code tried to change or delete a row of the trail through the ORM."""


class SealError(TrailError):
    """The trail can't be sealed, and a person has to look: the message says why and what to do."""
