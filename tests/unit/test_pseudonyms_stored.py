"""The second pseudonym, that of the register: worked out by hand, unambiguous, per gemeente."""

import hashlib
import hmac

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from data_access.pseudonyms.stored import fingerprint, stored_pseudonym

KEY = bytes(range(32))
PARTS = st.tuples(st.text(max_size=8), st.text(max_size=8), st.text(max_size=8))


def by_hand(*parts: bytes) -> str:
    message = b"".join(b"\x00" * 7 + bytes([len(part)]) + part for part in parts)
    return hmac.new(KEY, message, hashlib.sha256).hexdigest()


def test_it_is_an_hmac_of_label_and_parts() -> None:
    expected = by_hand(
        b"wijkbedrijven: stored pseudonym, version 1", b"GM0080", "Frysl\u00e2n".encode(), b"p-1ab"
    )
    assert stored_pseudonym(KEY, "GM0080", "Frysl\u00e2n", "p-1ab") == expected
    assert len(expected) == 64


def test_it_never_changes() -> None:
    """A register that exists would lose everyone it knows."""
    assert stored_pseudonym(KEY, "GM0080", "leeuwarden", "p-000123") == (
        "bd066932a2f31bb3e1952aaedbe906e44df4ca69f1954e05afc946e541e8e3f9"
    )


def test_another_key_gemeente_domain_or_pseudonym_gives_another_one() -> None:
    made = {
        stored_pseudonym(KEY, "GM0080", "a", "p-1"),
        stored_pseudonym(KEY[::-1], "GM0080", "a", "p-1"),
        stored_pseudonym(KEY, "GM0014", "a", "p-1"),
        stored_pseudonym(KEY, "GM0080", "b", "p-1"),
        stored_pseudonym(KEY, "GM0080", "a", "p-2"),
        stored_pseudonym(KEY, "GM0080", "a", "P-1"),
    }
    assert len(made) == 6


@settings(deadline=None)
@given(one=PARTS, other=PARTS)
def test_parts_never_run_into_each_other(
    one: tuple[str, str, str], other: tuple[str, str, str]
) -> None:
    assume(one != other)
    assert stored_pseudonym(KEY, *one) != stored_pseudonym(KEY, *other)


def test_parts_that_look_alike_when_put_together() -> None:
    assert stored_pseudonym(KEY, "a", "bc", "d") != stored_pseudonym(KEY, "ab", "c", "d")
    assert stored_pseudonym(KEY, "", "a", "b") != stored_pseudonym(KEY, "a", "", "b")


def test_a_fingerprint_tells_keys_apart() -> None:
    assert fingerprint(KEY) == by_hand(b"wijkbedrijven: fingerprint of a key, version 1")[:16]
    assert fingerprint(KEY) != fingerprint(KEY[::-1])


@pytest.mark.parametrize("key", [b"", b"fifteen letters"])
def test_a_short_key_is_refused_and_not_repeated(key: bytes) -> None:
    with pytest.raises(ValueError, match="16 are needed") as refused:
        stored_pseudonym(key, "GM0080", "a", "p-1")
    assert not key or key.decode() not in str(refused.value)
    with pytest.raises(ValueError, match="16 are needed"):
        fingerprint(key)
