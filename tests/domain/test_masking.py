"""Masking: enough to recognise whom one knows, and nothing to find anybody by."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.entities.client import ERASED_NAME
from domain.rules.masking import mask_email, mask_name, mask_params, mask_phone


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("Ivan P.", "I***"),
        ("Олена", "О***"),
        ("  petra", "p***"),
        ("«Ромашка» ООО", "Р***"),
        ("😀 Ann", "A***"),
        ("7 days", "7***"),
        ("", "***"),
        ("😀", "***"),
        (ERASED_NAME, ERASED_NAME),
    ],
)
def test_a_name(name: str, masked: str) -> None:
    assert mask_name(name) == masked


@pytest.mark.parametrize(
    ("email", "masked"),
    [
        ("ivan@example.com", "i***@e***.com"),
        ("Ivan.Petrov+crm@mail.example.co.uk", "I***@m***.uk"),
        ("i@localhost", "i***@l***"),
        ("почта@пример.рф", "п***@п***.рф"),
        ("a@b@c.de", "a***@c***.de"),
        ("nothing", "n***"),
        ("@", "***@***"),
    ],
)
def test_an_address(email: str, masked: str) -> None:
    assert mask_email(email) == masked


@pytest.mark.parametrize(
    ("phone", "masked"),
    [
        ("+7 912 345-67-67", "+7 *** ** 67"),
        ("+12025550103", "+1 *** ** 03"),
        ("+380671112233", "+380 *** ** 33"),
        ("+359 88 123 4567", "+359 *** ** 67"),
        ("+49 30 901820", "+49 *** ** 20"),
        ("8 912 345 67 89", "*** ** 89"),
        ("12345", "***"),
        ("+7 12", "***"),
        ("call me", "***"),
    ],
)
def test_a_phone(phone: str, masked: str) -> None:
    assert mask_phone(phone) == masked


@given(st.text(min_size=2))
def test_a_masked_name_has_one_sign_of_it(name: str) -> None:
    masked = mask_name(name)
    assert masked == ERASED_NAME or masked.endswith("***")
    assert masked == ERASED_NAME or len(masked.removesuffix("***")) <= 1


@given(st.from_regex(r"\+?[0-9 ()-]{8,20}", fullmatch=True))
def test_a_masked_phone_has_at_most_five_digits(phone: str) -> None:
    assert sum(sign.isdecimal() for sign in mask_phone(phone)) <= 5


def test_what_a_notice_says_of_a_client() -> None:
    assert mask_params({"client": "Ivan P.", "client_id": 7, "minor": 100}) == {
        "client": "I***",
        "client_id": 7,
        "minor": 100,
    }
    assert mask_params({"tier": "plus"}) == {"tier": "plus"}
