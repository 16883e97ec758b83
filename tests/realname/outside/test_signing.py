"""Two hands write the same signature, and any change is seen."""

from hypothesis import given
from hypothesis import strategies as st

from realname.outside.signing import response_is_signed, signed_headers
from sandbox.signing import Gatekeeper, request_signature, response_signature

texts = st.text(max_size=50)


@given(key=texts.filter(lambda text: text.isascii()), body=st.binary(max_size=200))
def test_what_we_sign_the_sandbox_computes_by_itself(key, body):
    headers = signed_headers(key=key, method="POST", target="/a?b=c", body=body)

    expected = request_signature(key, "POST", "/a?b=c", headers["X-Timestamp"], headers["X-Nonce"], body)
    assert headers["X-Signature"] == expected


def test_each_part_of_a_request_is_under_the_signature():
    """Changed method, target, time, nonce, body or key: refused."""
    signed = {name.lower(): value for name, value in signed_headers(key="k", method="POST", target="/a", body=b"b").items()}
    later = signed | {"x-timestamp": str(int(signed["x-timestamp"]) + 1)}
    other = signed | {"x-nonce": "f" * 32}

    assert Gatekeeper().refusal("k", "POST", "/a", signed, b"b") == ""
    for changed in (("j", "POST", "/a", signed, b"b"), ("k", "PUT", "/a", signed, b"b"), ("k", "POST", "/b", signed, b"b"),
                    ("k", "POST", "/a", signed, b"c"), ("k", "POST", "/a", later, b"b"), ("k", "POST", "/a", other, b"b")):  # fmt: skip
        assert Gatekeeper().refusal(*changed) == "signature_wrong"


@given(garbage=texts)
def test_any_text_in_the_signature_is_refused_and_never_an_error(garbage):
    assert not response_is_signed(key="k", status=200, nonce="n", body=b"b", signature=garbage)


def test_an_answer_to_another_request_is_not_believed():
    """A recorded MATCH can't be played back: the answer is bound to the nonce of its question."""
    signature = response_signature("k", 200, "first", b"{}")

    assert response_is_signed(key="k", status=200, nonce="first", body=b"{}", signature=signature)
    assert not response_is_signed(key="k", status=200, nonce="second", body=b"{}", signature=signature)
    assert not response_is_signed(key="k", status=201, nonce="first", body=b"{}", signature=signature)
