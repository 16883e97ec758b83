"""What compliance may set about sources: who is asked in which order, and each source's limits."""

from dataclasses import dataclass

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from realname.access.models import Role
from realname.policy import Parameter, section


@dataclass(frozen=True, slots=True)
class Rules:
    """The parameters of one source."""

    seconds: Parameter
    at_once: Parameter
    cents: Parameter
    hourly: Parameter
    daily_cents: Parameter


def _rules(source: str, label: object, *, cents: int) -> Rules:
    def parameter(key: str, text: object, default: int, minimum: int, maximum: int) -> Parameter:
        return Parameter(
            key=f"sources.{source}.{key}",
            type=int,
            default=default,
            minimum=minimum,
            maximum=maximum,
            label=format_lazy("{source}: {text}", source=label, text=text),
            source="P-VER-2",
        )

    return Rules(
        seconds=parameter("seconds", _("seconds a question may take, retries included"), 10, 1, 20),
        at_once=parameter("at_once", _("questions at the same time"), 20, 1, 500),
        cents=parameter("cents", _("price of a question, in cents"), cents, 0, 10_000),
        hourly=parameter("hourly", _("questions an hour"), 20_000, 1, 10_000_000),
        daily_cents=parameter("daily_cents", _("cents a day"), 1_000_000, 0, 1_000_000_000),
    )


LABELS = {
    "population_registry": _("Population registry"),
    "credit_bureau": _("Credit bureau"),
    "operator_exchange": _("Other operators"),
}
section("sources", _("Outside sources"))
RULES: dict[str, Rules] = {
    source: _rules(source, LABELS[source], cents=cents)
    for source, cents in (("population_registry", 20), ("credit_bureau", 30), ("operator_exchange", 5))
}


def _order(fact: str, label: object, *choices: str) -> Parameter:
    return Parameter(
        key=f"sources.order.{fact}",
        type=str,
        default=choices[0],
        choices=choices,
        names={choice: _in_words(choice) for choice in choices},
        label=label,
        source="P-VER-2",
    )


def _in_words(order: str) -> object:
    """The sources of an order, by their names."""
    asked = [LABELS[source] for source in order.split(",") if source]
    return format_lazy(" → ".join("{}" for _one in asked), *asked) if asked else _("not asked")


# by fact (verification.sources.base.Fact); the empty order: the fact is not asked for
ORDER: dict[str, Parameter] = {
    "identity": _order(
        "identity",
        _("Sources asked whether the name belongs to the ID number, in this order"),
        "population_registry,credit_bureau",
        "credit_bureau,population_registry",
        "population_registry",
        "credit_bureau",
    ),
    "phone": _order(
        "phone",
        _("Sources asked whether the phone number belongs to the person, in this order; none: not asked"),
        "credit_bureau,operator_exchange",
        "operator_exchange,credit_bureau",
        "credit_bureau",
        "operator_exchange",
        "",
    ),
    "line_count": _order("line_count", _("Sources asked for lines with other operators; none: not asked"), "operator_exchange", ""),
}
SECOND_OPINION = Parameter(
    key="sources.second_opinion",
    type=bool,
    default=True,
    label=_("Ask the next source too before an adverse answer counts"),
    source="P-VER-2",
)
ANSWERS_NEEDED = Parameter(
    key="sources.answers_needed",
    type=int,
    default=1,
    minimum=1,
    maximum=2,
    label=_("Sources that must answer for the same fact, where so many are in order"),
    source="P-VER-2",
)
HEDGE_AFTER = Parameter(
    key="sources.hedge_after",
    type=int,
    default=0,
    minimum=0,
    maximum=10_000,
    label=_("Milliseconds after which the next source is asked beside a slow one; 0: never"),
    source="P-VER-2",
)
FRESH_HOURS = Parameter(
    key="sources.fresh_hours",
    type=int,
    default=24,
    minimum=0,
    maximum=720,
    label=_("Hours for which an answer to the same question is used again; 0: never"),
    source="P-VER-2",
)
INQUIRY_INDEX_DAYS = Parameter(
    key="sources.inquiry_index_days",
    type=int,
    default=31,
    # longer than an answer is used again (sources.fresh_hours)
    minimum=31,
    maximum=183,
    label=_("Days for which a question to a source can be found by the person it was about"),
    source="R-28; PIPL art. 19",
)
SIMPLE_MODE = Parameter(
    key="sources.simple_mode",
    type=bool,
    default=False,
    label=_("Ask only whether it matches, not what does not match"),
    source="P-PAR-1",
)
SUBJECT_BUDGET = Parameter(
    key="sources.subject_budget",
    type=int,
    default=30,
    minimum=1,
    maximum=1000,
    label=_("Questions a day about one person, of all sources and applications together"),
    source="P-PAR-4",
)
PORTRAIT = Parameter(
    key="sources.portrait",
    type=bool,
    default=False,
    label=_("Show the population registry the selfie, with the person's consent to face recognition"),
    source="R-35",
)
LINES_ELSEWHERE = Parameter(
    key="sources.lines_elsewhere",
    type=int,
    default=15,
    minimum=1,
    maximum=1000,
    label=_("Lines with other operators from which a reviewer looks"),
    source="R-15",
)
WAIT_DAYS = Parameter(
    key="sources.wait_days",
    type=int,
    default=3,
    minimum=1,
    maximum=14,
    label=_("Days an application waits for a source that does not answer before a reviewer takes over"),
    source="P-VER-6",
)
WAIT_OWNER = Parameter(
    key="sources.wait_owner",
    type=str,
    default=str(Role.COMPLIANCE),
    choices=[str(role) for role in (Role.COMPLIANCE, Role.SENIOR_REVIEWER, Role.RISK_OFFICER)],
    names={str(role): role.label for role in Role},
    label=_("Role that looks after applications that wait for a source"),
    source="P-VER-6",
)
ALARM_MINUTES = Parameter(
    key="sources.alarm_minutes",
    type=int,
    default=10,
    minimum=1,
    maximum=1440,
    label=_("Minutes a source may be down before an alarm"),
    source="P-VER-6",
)
ALARM_WAITING = Parameter(
    key="sources.alarm_waiting",
    type=int,
    default=50,
    minimum=1,
    maximum=100_000,
    label=_("Applications that may wait for sources before an alarm"),
    source="P-VER-6",
)
RELEASE_PER_SECOND = Parameter(
    key="sources.release_per_second",
    type=int,
    default=5,
    minimum=1,
    maximum=1000,
    label=_("Waiting questions sent a second to a source that is back"),
    source="P-VER-6",
)
ENTERPRISES_SECONDS = Parameter(
    key="sources.enterprise_registry.seconds",
    type=int,
    default=10,
    minimum=1,
    maximum=20,
    label=_("Register of enterprises: seconds a question may take, retries included"),
    source="P-VER-2",
)
