"""A person who has a number with us signs in by a code sent to it: no application is needed."""

from uuid import UUID

from django.db import transaction
from django.db.models import Q

from realname.access.actor import Actor
from realname.ids import phone as phones
from realname.trail import record
from registration.errors import CodeRefused
from registration.locks import lock_number
from registration.models import PhoneCode
from registration.services.accept_code import refusal_of, refuse_code, use_code
from registration.services.issue_code import issue_code
from registration.states import CodePurpose


@transaction.atomic
def request_sign_in_code(*, actor: Actor, person_id: UUID, phone: str, language: str, replaces: UUID | None = None) -> PhoneCode:
    """Make a code for a number of this person and hand it to the queue.

    The caller keeps its id in the browser's session and says which one it `replaces` there: a stranger who asks for a code to the
    same number voids nobody's. Raises ids.InvalidPhone, CodeRefused (too soon, too many, locked).
    """
    return issue_code(
        actor=actor,
        purpose=CodePurpose.SIGN_IN,
        person_id=person_id,
        number=phones.parse(phone).number,
        language=language,
        replaces=Q(pk=replaces) if replaces else None,
    )


def prove_sign_in_code(*, actor: Actor, code_id: UUID, entered: str) -> PhoneCode:
    """Accept a code to sign in, once; `person_id` of the answer is who may come in.

    Raises CodeRefused (wrong, expired, used, locked; a wrong guess is counted even so).
    """
    with transaction.atomic():
        code, refusal = _judge(actor, code_id, entered)
    # outside: the count of wrong guesses must outlive the refusal
    if refusal:
        raise refusal
    return code


def _judge(actor: Actor, code_id: UUID, entered: str) -> tuple[PhoneCode | None, CodeRefused | None]:
    codes = PhoneCode.objects.filter(pk=code_id, purpose=CodePurpose.SIGN_IN)
    index = codes.values_list("phone_index", flat=True).first()
    # unknown, or its person erased meanwhile
    if index is None:
        return None, CodeRefused("code_expired")
    lock_number(index)
    code = codes.select_related("person").get()
    if refusal := refusal_of(code, entered):
        return code, refuse_code(actor=actor, code=code, refusal=refusal)
    use_code(code)
    record("sign_in_code.accepted", actor=actor, subject=code.person, person_id=code.person_id, data={"code": str(code.pk)})
    return code, None
