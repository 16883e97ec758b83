"""P-ALL-4, P-VER-6: the database crashes, the broker loses all it holds, in the middle of many applications."""

from registration.states import ApplicationStatus


def test_nothing_breaks(crowd, all_right):
    """The drill itself: a crowd in good weather ends as it should."""
    applications = crowd().all_in()
    all_right()
    for application in applications:
        application.refresh_from_db()
        expected = ApplicationStatus.IN_REVIEW if application.face_free else ApplicationStatus.ACTIVATED
        assert application.status == expected, application.reason_codes


def test_postgres_crashes_twice(plant, crowd, all_right):
    people = crowd()
    for share in (0.3, 0.6):
        people.wait_for_share(share)
        plant.crash_postgres()
    people.all_in()
    all_right()


def test_broker_loses_what_it_held(plant, crowd, all_right):
    people = crowd()
    people.wait_for_share(0.3)
    plant.lose_broker(seconds=3)
    people.all_in()
    all_right()
