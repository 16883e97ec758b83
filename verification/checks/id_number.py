"""The ID number by itself: GB 11643 (R-11)."""

from realname.ids import citizen_id
from realname.queue import Queue
from verification.checks.base import Context, Result, failed, passed
from verification.states import CheckKind


class IdNumber:
    """Region, birth date, sequence and check digit of the number entered; its birth date and sex against those entered."""

    kind = CheckKind.ID_NUMBER
    queue = Queue.FAST
    after = ()

    def run(self, context: Context) -> Result:
        """Pass a valid number that agrees with the birth date and sex entered."""
        application = context.application
        facts = {"engine": "GB 11643", "engine_version": "1999"}
        try:
            number = citizen_id.parse(application.id_number)
        except citizen_id.InvalidCitizenID as invalid:
            return failed("NUMBER_INVALID", findings=[invalid.code], **facts)
        differs = [
            field
            for field, entered, implied in (("birth", application.birth, number.birth), ("sex", application.sex, number.sex))
            if entered and entered != implied
        ]
        if differs:
            return failed("FIELDS_DIFFER", findings=[f"{field}_contradicts_number" for field in differs], **facts)
        return passed(findings=list(number.warnings), **facts)
