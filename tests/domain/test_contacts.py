"""Two spellings of one mailbox or number become equal; two mailboxes do not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.contacts import normal_email, normal_phone
from tests.domain.builders import many


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("leo@shop.example", "leo@shop.example"),
        ("LEO@Shop.Example", "leo@shop.example"),
        ("  leo@shop.example\n", "leo@shop.example"),
        ("leo+ads@shop.example", "leo@shop.example"),
        ("leo+a+b@shop.example", "leo@shop.example"),
        ("l.e.o@gmail.com", "leo@gmail.com"),
        ("L.E.O+x@GoogleMail.com", "leo@gmail.com"),
        ("l.e.o@shop.example", "l.e.o@shop.example"),
        ("ЛЕВ@пошта.укр", "лев@пошта.укр"),
    ],
)
def test_two_spellings_of_one_mailbox_are_equal(text: str, normal: str) -> None:
    assert normal_email(text) == normal


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("leo@shop.example", "eve@shop.example"),
        ("leo@shop.example", "leo@shop.example.org"),
        ("l.eo@shop.example", "leo@shop.example"),
        ("leo@gmail.com", "leo@mail.com"),
        ("leo@notgmail.com", "l.eo@notgmail.com"),
    ],
)
def test_two_mailboxes_stay_two(one: str, other: str) -> None:
    assert normal_email(one) != normal_email(other)


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("+380501112233", "380501112233"),
        ("380501112233", "380501112233"),
        ("00380501112233", "380501112233"),
        ("+38 (050) 111-22-33", "380501112233"),
        ("\u202a+38 050 111 22 33\u202c", "380501112233"),
        ("+1 202 555 0100", "12025550100"),
        ("8 916 000 11 22", "89160001122"),
        ("", ""),
        ("none", ""),
    ],
)
def test_two_spellings_of_one_number_are_equal(text: str, digits: str) -> None:
    assert normal_phone(text) == digits


def test_only_plain_digits_count() -> None:
    assert normal_phone("+٣٨٠ ５０ 5²") == "5"


@given(st.from_regex(r"\+[1-9][0-9]{6,14}", fullmatch=True), st.sampled_from(" -().\u00a0"))
@many
def test_signs_between_digits_do_not_matter(phone: str, sign: str) -> None:
    assert normal_phone(sign.join(phone)) == phone[1:]
    assert normal_phone("00" + phone[1:]) == phone[1:]


@given(st.emails())
@many
def test_a_normal_mailbox_is_its_own_normal_spelling(address: str) -> None:
    once = normal_email(address)

    assert normal_email(once) == once
    assert normal_email(address.upper()) == normal_email(address.lower())
