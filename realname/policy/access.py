"""Who may do what with the policy: compliance drafts, another compliance officer publishes (R-29)."""

from typing import Any

from realname.access.actor import Actor
from realname.access.models import Role
from realname.policy.errors import Refused
from realname.policy.models import PolicyDraft


def may_see(user: Any) -> bool:
    """Compliance: values, drafts and history hold nothing of any person."""
    return bool(user.is_active and getattr(user, "role", "") == Role.COMPLIANCE)


def only_compliance(actor: Actor) -> None:
    """Raises Refused for anybody else, the program itself included: there is no way past two people."""
    if actor.kind != "staff" or actor.role != Role.COMPLIANCE:
        raise Refused("not_compliance")


def only_drafter(actor: Actor, draft: PolicyDraft) -> None:
    """Raises Refused for anybody else."""
    only_compliance(actor)
    if actor.id != draft.drafter_id:
        raise Refused("not_the_drafter")


def only_second(actor: Actor, draft: PolicyDraft) -> None:
    """Raises Refused for the drafter, who can't also publish."""
    only_compliance(actor)
    if actor.id == draft.drafter_id:
        raise Refused("same_person")
