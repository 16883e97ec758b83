"""Questions about versions and drafts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from realname.policy import rehearsal
from realname.policy.errors import Refused
from realname.policy.models import DryRun, PolicyDraft, PolicyVersion
from realname.policy.parameters import Parameter, all_parameters, out_of_order
from realname.policy.states import DryRunStatus
from realname.policy.values import DEFAULTS, Snapshot


@dataclass(frozen=True)
class Change:
    """One parameter of two versions, as JSON holds it."""

    key: str
    old: Any
    new: Any

    def plain(self) -> dict[str, Any]:
        """As a version keeps it."""
        return {"key": self.key, "old": self.old, "new": self.new}


def newest() -> Snapshot:
    """What a new draft is laid upon: the highest version that is not cancelled, acting or scheduled."""
    row = PolicyVersion.objects.live().order_by("-number").values_list("number", "values").first()
    return Snapshot(*row) if row else DEFAULTS


def snapshot(number: int) -> Snapshot:
    """The version of that number; 0 is all defaults. Raises PolicyVersion.DoesNotExist."""
    if number == DEFAULTS.number:
        return DEFAULTS
    return Snapshot(*PolicyVersion.objects.values_list("number", "values").get(pk=number))


def drafted(draft: PolicyDraft) -> Snapshot:
    """The policy as it would be with the draft, under its base's number."""
    base = snapshot(draft.base)
    return Snapshot(base.number, base.values | draft.changes)


def differences(before: Snapshot, after: Snapshot) -> tuple[Change, ...]:
    """What differs, by key. A parameter that a release took away is left out."""
    changes = (Change(each.key, stored(each, before.values), stored(each, after.values)) for each in all_parameters())
    return tuple(change for change in changes if change.old != change.new)


def stored(parameter: Parameter, values: Mapping[str, Any]) -> Any:
    """The parameter's value as JSON holds it, its default where the values do not name it."""
    return values.get(parameter.key, parameter.stored(parameter.default))


def disorder(values: Snapshot) -> tuple[str, ...]:
    """The keys whose values contradict others that they belong together with."""
    return out_of_order(values.value)


def changed_underneath(draft: PolicyDraft) -> tuple[Change, ...]:
    """What was published or cancelled since the draft was laid upon its base; the same keys may be among them."""
    return differences(snapshot(draft.base), newest())


def needs_dry_run(draft: PolicyDraft) -> bool:
    """Does it change anything that decided applications can be judged again by?"""
    return not rehearsal.covered().isdisjoint(draft.changes)


def fresh_dry_run(draft: PolicyDraft) -> DryRun | None:
    """One that was done with the draft as it stands."""
    return draft.dry_runs.filter(status=DryRunStatus.DONE, base=draft.base, changes=draft.changes).first()


def barriers(draft: PolicyDraft, *, now: datetime | None = None) -> list[Refused]:
    """All that stands against its publication whoever publishes, the gravest first."""
    now = now or timezone.now()
    found = []
    if not draft.changes:
        found.append(Refused("nothing_changed"))
    if draft.base != newest().number:
        found.append(Refused("base_moved", [change.key for change in changed_underneath(draft)]))
    if draft.acts_from and draft.acts_from < now:
        found.append(Refused("acts_in_past"))
    later = PolicyVersion.objects.scheduled(now).order_by("-number").first()
    if later and (draft.acts_from or now) < later.acts_from:
        found.append(Refused("acts_too_early"))
    if needs_dry_run(draft) and fresh_dry_run(draft) is None:
        found.append(Refused("dry_run_missing"))
    return found
