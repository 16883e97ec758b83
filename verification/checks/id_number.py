"""The number by itself, by the rule of its type of document (R-11)."""

from realname.ids.errors import InvalidInput
from realname.queue import Queue
from verification.checks.base import Context, Result, failed, inconclusive, passed
from verification.states import CheckKind


class IdNumber:
    """The number entered: its form and check digit; its birth date and sex, where it tells them, against those entered."""

    kind = CheckKind.ID_NUMBER
    queue = Queue.FAST
    after = ()

    def run(self, context: Context) -> Result:
        """Pass a valid number that agrees with the birth date and sex entered. Where no standard binds, a person judges an invalid one."""
        identity = context.identity
        rule = identity.document.number
        facts = {"engine": rule.engine, "engine_version": rule.version}
        try:
            number = rule.parse(identity.id_number)
        except InvalidInput as invalid:
            judged = failed if rule.binding else inconclusive
            return judged("NUMBER_INVALID", findings=[invalid.code], **facts)
        differs = [
            field
            for field, entered, implied in (("birth", identity.birth, number.birth), ("sex", identity.sex, number.sex))
            if entered and implied and entered != implied
        ]
        if differs:
            return failed("FIELDS_DIFFER", findings=[f"{field}_contradicts_number" for field in differs], **facts)
        return passed(findings=list(number.warnings), **facts)
