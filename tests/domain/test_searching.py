"""What staff type to find somebody, read in every way that it may be meant."""

import pytest

from domain.rules.searching import BadSearch, read_search


@pytest.mark.parametrize(
    ("typed", "number", "phone", "username"),
    [
        ("+380 67 111-22-33", None, "380671112233", "+380 67 111-22-33"),
        ("7340000003", 7340000003, "7340000003", "7340000003"),
        ("@Ann_Smith", None, "", "ann_smith"),
        ("ann@example.com", None, "", "ann@example.com"),
        ("crm-12345", None, "", "crm-12345"),
        ("9" * 30, None, "9" * 30, "9" * 30),
    ],
)
def test_a_text_is_read_as_number_phone_and_user_name(
    typed: str, number: int | None, phone: str, username: str
) -> None:
    read = read_search(f"  {typed} ")
    assert (read.number, read.phone, read.username) == (number, phone, username)
    assert read.is_username == typed.startswith("@")


def test_names_are_looked_for_in_the_letter_cases_of_names() -> None:
    assert set(read_search("іван петренко").spellings) == {
        "іван петренко",
        "ІВАН ПЕТРЕНКО",
        "Іван петренко",
        "Іван Петренко",
    }


@pytest.mark.parametrize("typed", ["", " a ", "x" * 65])
def test_too_short_and_too_long_texts_are_refused(typed: str) -> None:
    with pytest.raises(BadSearch):
        read_search(typed)
