"""Is a line of a thing misused? What a break of its limits leads to, alone or with those before it (R-19, R-18)."""

from datetime import timedelta

from realname.policy import Snapshot
from registration.states import IotBreak, IotMeasure
from risk import policy

# breaks within it are counted together
SPAN = timedelta(hours=24)
# carries what it should not: nothing is left to stop, the network has to be looked at
ONLY_WATCHED = (IotBreak.USED_WHILE_SUSPENDED,)


def measure_for(broken: IotBreak, *, breaks: int, held: Snapshot) -> IotMeasure:
    """What follows; `breaks` counts those of the line within SPAN, this one with them, whatever they are."""
    if broken in ONLY_WATCHED:
        return IotMeasure.WATCH
    measure = IotMeasure(held.value(policy.IOT_MEASURES[broken]))
    # what policy only watches never adds up to a suspension by itself
    if measure == IotMeasure.WATCH:
        return measure
    return IotMeasure.SUSPEND if breaks >= held.value(policy.IOT_BREAKS_COUNT) else measure
