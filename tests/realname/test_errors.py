"""Every refusal of every stage is one kind of thing: a code, and a sentence that a person can act upon."""

import pytest
from django.contrib.messages import get_messages
from django.contrib.messages.storage.cookie import CookieStorage
from django.test import RequestFactory
from django.utils import translation

from changes.errors import ChangeError, NotAllowed
from realname.errors import Refusal
from realname.ids.phone import InvalidPhone
from realname.policy.errors import InvalidValue, Refused
from realname.states import TransitionNotAllowed
from realname.ui.telling import telling
from registration.bulk.errors import FileRefused
from registration.errors import DetailInvalid, NumberNotKept, RegistrationError
from verification.errors import ApprovalBarred, EvidenceNotOpened, VerificationError

FAMILIES = (RegistrationError, FileRefused, ChangeError, VerificationError, Refused, InvalidPhone, ApprovalBarred, TransitionNotAllowed)


@pytest.mark.parametrize("family", FAMILIES)
def test_each_code_has_its_sentence_in_both_languages(family):
    """P-REG-8, P-VER-6: never "something went wrong"."""
    for code in family.messages:
        refusal = EvidenceNotOpened(["a photograph"]) if code == "evidence_not_opened" else Refusal.__new__(family)
        refusal.code = code
        with translation.override("en"):
            english = refusal.message
        with translation.override("zh-hans"):
            assert refusal.message != english, code
        assert "%(" not in english and english.endswith((".", "?")), english


@pytest.mark.parametrize("family", [RegistrationError, FileRefused, ChangeError, VerificationError, ApprovalBarred])
def test_a_code_without_a_sentence_is_a_fault_of_ours(family):
    for code in ("", "no_such_code"):
        with pytest.raises(KeyError):
            family(code)


def test_a_class_of_one_code_names_it():
    assert (NumberNotKept().code, NotAllowed().code, EvidenceNotOpened(["a", "b"]).code) == (
        "number_gone",
        "not_allowed",
        "evidence_not_opened",
    )
    assert "a; b" in EvidenceNotOpened(["a", "b"]).message


def test_what_is_wrong_in_a_field_is_said_by_the_rule_of_that_field():
    refusal = DetailInvalid("phone", InvalidPhone("length"))
    assert (refusal.field, refusal.code, refusal.message) == ("phone", "length", InvalidPhone("length").message)
    assert isinstance(refusal, RegistrationError) and refusal.message


def test_a_policy_value_says_which_one_it_is():
    assert str(InvalidValue("registration.line_limit", "too_large")) == "registration.line_limit: too_large"


class TestTelling:
    @pytest.fixture
    def request_(self):
        request = RequestFactory().get("/")
        request._messages = CookieStorage(request)
        return request

    def test_a_refusal_is_said_and_the_page_goes_on(self, request_):
        with telling(request_):
            raise FileRefused("bulk_empty")
        assert [(str(said), said.level_tag) for said in get_messages(request_)] == [(FileRefused("bulk_empty").message, "warning")]

    def test_a_fault_is_no_refusal(self, request_):
        with pytest.raises(ZeroDivisionError), telling(request_):
            raise ZeroDivisionError
        assert list(get_messages(request_)) == []
