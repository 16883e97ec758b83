"""A line of an organisation gets another actual user, or is ended by it (R-03, R-13, P-CHG-1)."""

import pytest
from django.utils import timezone

from realname.access.models import Role
from realname.trail.models import Event
from registration.errors import OrganisationRefused, ReservationRefused
from registration.models import Delivery, InboxNotice, Line, Number
from registration.numbers import holder_on, recycled_since
from registration.services.organisation.lines import end_line, show_line, show_lines
from registration.services.organisation.replace_user import replace_user
from registration.services.reserve_number import reserve_number
from registration.services.terminate_line import terminate_line
from registration.states import EndReason, LineStatus, NumberStatus
from tests.factories import organisation as make
from tests.factories import registration as people
from tests.factories.policy import set_value

pytestmark = pytest.mark.django_db


def replacing(line: Line, application=None, **given):
    """The application of who is to be the user, promised the line."""
    application = application or people.complete()
    facts = {
        "organisation_id": line.organisation_id,
        "line_id": line.pk,
        "reference": application.reference,
        "last_six": application.id_number[-6:],
    }
    return replace_user(actor=make.actor(), **{**facts, **given})


def test_the_new_user_is_verified_first_and_the_history_keeps_both():
    before = timezone.now()
    line = make.line_of(make.approved())
    application = replacing(line)
    line.refresh_from_db()
    assert line.status == LineStatus.ACTIVE

    new = make.activated(application)

    line.refresh_from_db()
    assert (line.status, line.end_reason) == (LineStatus.TERMINATED, EndReason.USER_REPLACED)
    assert (new.number, new.status, new.organisation) == (line.number, LineStatus.ACTIVE, line.organisation)
    assert new.person_id != line.person_id
    assert Number.objects.get(number=line.number).status == NumberStatus.IN_USE
    assert holder_on(line.number, line.ended_at - (line.ended_at - line.activated_at) / 2) == line.person
    assert holder_on(line.number, timezone.now()) == new.person
    assert recycled_since(line.number, before)
    told = Event.objects.get(name="organisation.user_replaced")
    assert (told.subject_id, told.related_id) == (str(new.pk), str(line.pk))
    told = InboxNotice.objects.filter(person=line.person, kind__startswith="line_")
    assert list(told.values_list("kind", flat=True)) == ["line_handed_on"]
    assert not Delivery.objects.filter(person_id=line.person_id, kind="notice", created_at__gte=line.ended_at).exists()
    _, users = show_line(actor=make.actor(), line=new)
    assert [(one.id, one.held) for one in users] == [(new.pk, True), (line.pk, False)]


def test_it_takes_no_second_place_under_the_organisations_limit():
    organisation = make.approved()
    line = make.line_of(organisation)
    set_value(key="registration.organisation_line_limit", value=1)
    assert make.activated(replacing(line)).organisation == organisation


def test_it_counts_against_the_new_users_own_limit():
    """R-13."""
    set_value(key="registration.line_limit", value=1)
    line, number = make.line_of(make.approved()), people.new_id_number()
    people.activated(id_number=number)
    assert make.handed_in_and_judged(replacing(line, people.complete(id_number=number))) == "LINE_LIMIT"
    line.refresh_from_db()
    assert line.status == LineStatus.ACTIVE


def test_a_line_that_ended_meanwhile_is_taken_over_by_nobody():
    line = make.line_of(make.approved())
    application = replacing(line)
    application.refresh_from_db()
    handed_in = people.submit_application(actor=people.person_actor(application), application_id=application.pk, submission_key="")
    terminate_line(actor=make.actor(Role.SENIOR_REVIEWER), line_id=line.pk, reason=EndReason.UNPAID)
    assert make.judged(handed_in) == "ALREADY_REGISTERED"
    assert Line.objects.held().count() == 0


@pytest.mark.parametrize(
    "_case", ["another organisation's", "ended", "promised", "same user", "a number chosen", "another's end of the number"]
)
def test_what_can_not_be_replaced_changes_nothing(_case):
    organisation = make.approved()
    line, application, given = make.line_of(organisation), people.complete(), {}
    code = "organisation_line"
    if _case == "another organisation's":
        given = {"organisation_id": make.approved().pk}
    elif _case == "ended":
        terminate_line(actor=make.actor(Role.SENIOR_REVIEWER), line_id=line.pk, reason=EndReason.UNPAID)
    elif _case == "promised":
        replacing(line)
        code = "organisation_line_promised"
    elif _case == "same user":
        application, code = people.complete(id_number=line.person.id_number), "organisation_same_user"
    elif _case == "a number chosen":
        stocked = people.in_stock()[0]
        reserve_number(actor=people.person_actor(application), application_id=application.pk, number=stocked.number)
        code = "organisation_number_chosen"
    else:
        given, code = {"last_six": "000000"}, "organisation_application"
    with pytest.raises(OrganisationRefused, match=code):
        replacing(line, application, **given)
    application.refresh_from_db()
    assert (application.takes_over, application.organisation) == (None, None)


def test_no_other_number_is_chosen_in_it():
    application = replacing(make.line_of(make.approved()))
    with pytest.raises(ReservationRefused, match="number_of_organisation"):
        reserve_number(actor=people.person_actor(application), application_id=application.pk, number=people.in_stock()[0].number)


def test_once_that_line_has_ended_they_choose_for_themselves():
    line = make.line_of(make.approved())
    application, stocked = replacing(line), people.in_stock()[0]
    terminate_line(actor=make.actor(Role.SENIOR_REVIEWER), line_id=line.pk, reason=EndReason.UNPAID)
    reserve_number(actor=people.person_actor(application), application_id=application.pk, number=stocked.number)
    application.refresh_from_db()
    assert (application.takes_over, make.activated(application).number) == (None, stocked.number)


def test_a_clerk_ends_a_line_of_their_organisation_and_its_user_is_told():
    line = make.line_of(make.approved())
    with pytest.raises(OrganisationRefused, match="organisation_line"):
        end_line(actor=make.actor(), organisation_id=make.approved().pk, line_id=line.pk)
    with pytest.raises(OrganisationRefused, match="organisation_clerks_only"):
        end_line(actor=make.actor(Role.REVIEWER), organisation_id=line.organisation_id, line_id=line.pk)
    ended = end_line(actor=make.actor(), organisation_id=line.organisation_id, line_id=line.pk)
    assert (ended.status, ended.end_reason) == (LineStatus.TERMINATED, EndReason.ORGANISATION)
    assert InboxNotice.objects.filter(person=line.person).exists()


def test_the_list_is_masked_has_those_in_use_first_and_stands_in_the_trail():
    organisation = make.approved()
    ended, held = make.line_of(organisation), make.line_of(organisation)
    end_line(actor=make.actor(), organisation_id=organisation.pk, line_id=ended.pk)
    shown, more = show_lines(actor=make.actor(), organisation=organisation, page=0)
    assert ([one.id for one in shown], more) == ([held.pk, ended.pk], False)
    assert all("*" in one.number and "*" in one.user for one in shown)
    assert Event.objects.filter(name="organisation.lines_shown").count() == 1
