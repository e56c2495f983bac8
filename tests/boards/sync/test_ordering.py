"""The order of elements that come without one: by time, and browsers can go on."""

import re

from hypothesis import given
from hypothesis import strategies as st

from boards.sync.ordering import z_at
from boards.sync.properties import ORDER_PATTERN
from tests.support.sync_values import PROPERTY

DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
LAST_US = 62**9 - 1
instants = st.integers(0, LAST_US)


def is_order_key(key: str) -> bool:
    """As npm's fractional-indexing validates: head, that many digits, a fraction."""
    n_digits = {
        **{head: ord(head) - ord("a") + 1 for head in DIGITS[36:]},
        **{head: ord("Z") - ord(head) + 1 for head in DIGITS[10:36]},
    }
    integer, fraction = key[: 1 + n_digits[key[0]]], key[1 + n_digits[key[0]] :]
    return (
        len(integer) == 1 + n_digits[key[0]]
        and set(key) <= set(DIGITS)
        and not fraction.endswith("0")
        and integer != "A" + 26 * "0"
    )


@PROPERTY
@given(instants, instants)
def test_what_comes_later_lies_above(one: int, other: int) -> None:
    assert (z_at(one) < z_at(other)) == (one < other)


@PROPERTY
@given(instants)
def test_an_order_is_a_key_of_fractional_indexing(at_us: int) -> None:
    assert is_order_key(z_at(at_us))
    assert re.match(ORDER_PATTERN, z_at(at_us))


def test_the_server_lies_above_what_browsers_begin_with() -> None:
    assert z_at(0) > "a0"
    assert z_at(0) > "b99"


def test_an_instant_has_one_order() -> None:
    assert z_at(1_750_000_000_000_000) == z_at(1_750_000_000_000_000)
    assert z_at(0) == "i000000000"
    assert z_at(LAST_US) == "izzzzzzzzz"
