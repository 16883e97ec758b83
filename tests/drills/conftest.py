"""One plant for all drills of this folder, and how large their crowds are."""

from collections.abc import Callable, Iterator

import pytest

from realname.paths import models_dir
from tests.drills.crowd import Crowd, wait_for_rest
from tests.drills.plant import Plant, own_plant
from tests.drills.rightness import assert_all_right
from verification.engines.fetch import fetch


def pytest_collection_modifyitems(config, items) -> None:
    """They take minutes and want a machine of their own, so only who asks for them by their size has them run."""
    left_out = pytest.mark.skip(reason="fault drills run with --drill-size")
    for item in items:
        if "tests/drills" in str(item.path):
            item.add_marker(pytest.mark.slow)
            item.add_marker(pytest.mark.timeout(600))
            if not config.getoption("drill_size"):
                item.add_marker(left_out)


@pytest.fixture(scope="package")
def the_plant(django_db_blocker) -> Iterator[Plant]:
    """The product, running. Its database is its own: the tests' one is not made."""
    fetch(models_dir(), group=None)
    with django_db_blocker.unblock(), own_plant() as plant:
        yield plant


@pytest.fixture
def plant(the_plant: Plant) -> Iterator[Plant]:
    """The same, in good weather before and after."""
    the_plant.sandbox.good_weather()
    the_plant.close_breakers()
    yield the_plant
    the_plant.sandbox.good_weather()


@pytest.fixture
def crowd(plant: Plant, request) -> Callable[[], Crowd]:
    """People who begin to register when it is called."""
    return lambda: Crowd(plant, request.config.getoption("drill_size"))


@pytest.fixture
def all_right(plant: Plant) -> Callable[..., None]:
    """The same assertion for every drill: wait for rest, then look at everything."""

    def _assert(*, seconds: float = 150) -> None:
        plant.sandbox.good_weather()
        wait_for_rest(plant, seconds=seconds)
        assert_all_right(plant)

    return _assert
