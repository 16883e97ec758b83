"""Parameters of the tests' own, and a cache that is empty before and after."""

from collections.abc import Iterator

import pytest

from realname import policy
from realname.policy import parameters, values


@pytest.fixture(autouse=True)
def registry(monkeypatch) -> Iterator[dict[str, policy.Parameter]]:
    """The list of parameters, empty."""
    own: dict[str, policy.Parameter] = {}
    monkeypatch.setattr(parameters, "_registry", own)
    values.forget()
    yield own
    values.forget()


@pytest.fixture
def limit(registry) -> policy.Parameter[int]:
    """A parameter from 1 to 50, 5 by default."""
    return policy.Parameter(key="test.limit", type=int, default=5, minimum=1, maximum=50, label="Limit", source="R-13")
