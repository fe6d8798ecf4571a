"""Requisites by country: what the official rules let pass, and what they do not (R32)."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.entities.partner import LegalForm
from domain.entities.requisites import FIELDS, Country, masked
from domain.rules.requisites import BadRequisite, check_details, check_field
from tests.usecases.requisites import REQUISITES, RUSSIAN

RU, BG, UA, EU = Country.RU, Country.BG, Country.UA, Country.EU
COMPANY, TRADER, SELF = LegalForm.LEGAL_ENTITY, LegalForm.SOLE_PROPRIETOR, LegalForm.SELF_EMPLOYED
BANK = {"bik": "044525225"}

GOOD = [
    (RU, COMPANY, "inn", "7707083893", {}),
    (RU, COMPANY, "inn", " 77 07-083 893 ", {}),
    (RU, TRADER, "inn", "500100732259", {}),
    (RU, COMPANY, "kpp", "773601001", {}),
    (RU, COMPANY, "kpp", "7736AB001", {}),
    (RU, COMPANY, "ogrn", "1027700132195", {}),
    (RU, COMPANY, "ogrn", "1027700070518", {}),
    (RU, TRADER, "ogrnip", "304500116000157", {}),
    # The remainder by 13 is 10: the digit is 0.
    (RU, TRADER, "ogrnip", "300000000000060", {}),
    (RU, COMPANY, "bik", "044525225", {}),
    (RU, COMPANY, "bik", "044525000", {}),
    (RU, COMPANY, "corr_account", "30101810400000000225", BANK),
    (RU, COMPANY, "account", "40702810938000000001", BANK),
    (RU, COMPANY, "account", "40702 810 9 3800 0000001", BANK),
    (RU, SELF, "account", "40817810438000000001", BANK),
    (BG, COMPANY, "eik", "175074752", {}),
    (BG, COMPANY, "eik", "831641791", {}),
    (BG, COMPANY, "eik", "8316417910017", {}),
    (BG, COMPANY, "vat", "BG175074752", {"eik": "175074752"}),
    (BG, COMPANY, "vat", "", {"eik": "175074752"}),
    (BG, SELF, "egn", "7523169263", {}),
    (BG, COMPANY, "iban", "BG80 BNBG 9661 1020 3456 78", {}),
    (BG, COMPANY, "bic", "BNBGBGSD", {"iban": "BG80BNBG96611020345678"}),
    (UA, COMPANY, "edrpou", "32855961", {}),
    (UA, TRADER, "rnokpp", "1759013776", {}),
    (UA, TRADER, "iban", "UA213223130000026007233566001", {}),
    (EU, COMPANY, "iban", "DE89370400440532013000", {}),
    (EU, COMPANY, "iban", "fr14 2004 1010 0505 0001 3m02 606", {}),
    (EU, COMPANY, "bic", "COBADEFFXXX", {"iban": "DE89370400440532013000"}),
    (EU, COMPANY, "vat", "DE136695976", {}),
    (EU, COMPANY, "name", "Sample  & Partners", {}),
    (EU, COMPANY, "address", "10115 Berlin, Street 1", {}),
]
BAD = [
    (RU, COMPANY, "inn", "7707083894", {}, "checksum"),
    (RU, COMPANY, "inn", "0000000000", {}, "checksum"),
    # Right sums, and no such region.
    (RU, COMPANY, "inn", "0007000000", {}, "checksum"),
    (RU, COMPANY, "kpp", "000000070", {}, "checksum"),
    (RU, COMPANY, "inn", "500100732259", {}, "length"),
    (RU, TRADER, "inn", "7707083893", {}, "length"),
    (RU, TRADER, "inn", "500100732258", {}, "checksum"),
    (RU, TRADER, "inn", "000000000000", {}, "checksum"),
    (RU, COMPANY, "inn", "770708389Ё", {}, "signs"),
    (RU, COMPANY, "inn", "٧٧٠٧٠٨٣٨٩٣", {}, "signs"),
    (RU, COMPANY, "inn", "", {}, "signs"),
    (RU, COMPANY, "kpp", "77360100A", {}, "checksum"),
    (RU, COMPANY, "kpp", "000000000", {}, "checksum"),
    (RU, COMPANY, "kpp", "7736010011", {}, "length"),
    (RU, COMPANY, "ogrn", "1027700132194", {}, "checksum"),
    (RU, COMPANY, "ogrn", "304500116000157", {}, "checksum"),
    (RU, TRADER, "ogrnip", "304500116000158", {}, "checksum"),
    (RU, TRADER, "ogrnip", "1027700132195", {}, "checksum"),
    (RU, COMPANY, "bik", "034525225", {}, "checksum"),
    (RU, COMPANY, "bik", "044525049", {}, "checksum"),
    (RU, COMPANY, "bik", "04452522", {}, "length"),
    (RU, COMPANY, "corr_account", "30101810400000000226", BANK, "bank"),
    (RU, COMPANY, "corr_account", "30101810500000000225", BANK, "bank"),
    (RU, COMPANY, "corr_account", "40101810400000000225", BANK, "checksum"),
    (RU, COMPANY, "account", "40702810838000000001", BANK, "bank"),
    (RU, COMPANY, "account", "40702810938000000001", {"bik": "044525974"}, "bank"),
    (RU, COMPANY, "account", "00000000000000000000", BANK, "checksum"),
    (RU, COMPANY, "account", "4070281093800000000", BANK, "length"),
    (BG, COMPANY, "eik", "175074751", {}, "checksum"),
    (BG, COMPANY, "eik", "000000000", {}, "checksum"),
    (BG, COMPANY, "eik", "8316417910014", {}, "checksum"),
    (BG, COMPANY, "vat", "BG831641791", {"eik": "175074752"}, "country"),
    (BG, SELF, "egn", "7523169264", {}, "checksum"),
    (BG, COMPANY, "iban", "BG81BNBG96611020345678", {}, "checksum"),
    (BG, COMPANY, "iban", "UA213223130000026007233566001", {}, "country"),
    (BG, COMPANY, "bic", "COBADEFF", {"iban": "BG80BNBG96611020345678"}, "bank"),
    (UA, COMPANY, "edrpou", "32855968", {}, "checksum"),
    (UA, COMPANY, "edrpou", "00000000", {}, "checksum"),
    (UA, TRADER, "rnokpp", "1759013770", {}, "checksum"),
    (UA, TRADER, "rnokpp", "0000000000", {}, "checksum"),
    (UA, TRADER, "iban", "UA213223130000026007233566002", {}, "checksum"),
    (UA, TRADER, "iban", "DE89370400440532013000", {}, "country"),
    (EU, COMPANY, "iban", "DE89370400440532013001", {}, "checksum"),
    (EU, COMPANY, "iban", "DE8937040044053201300", {}, "checksum"),
    # A letter among the check digits whose sum comes out right.
    (EU, COMPANY, "iban", "DE8Z370400447532013000", {}, "checksum"),
    (EU, COMPANY, "bic", "COBADE", {"iban": "DE89370400440532013000"}, "checksum"),
    (EU, COMPANY, "vat", "DE136695977", {}, "checksum"),
    (EU, COMPANY, "name", "1", {}, "words"),
    (EU, COMPANY, "name", "123456", {}, "words"),
    (EU, COMPANY, "name", "Sam\u202eple", {}, "words"),
    (EU, COMPANY, "address", "x" * 301, {}, "words"),
]


@pytest.mark.parametrize(("country", "form", "name", "text", "known"), GOOD)
def test_what_the_rules_let_pass(
    country: Country, form: LegalForm, name: str, text: str, known: dict[str, str]
) -> None:
    kept = check_field(name, text, country=country, form=form, known=known)

    assert check_field(name, kept, country=country, form=form, known=known) == kept


@pytest.mark.parametrize(("country", "form", "name", "text", "known", "why"), BAD)
def test_what_they_do_not(
    country: Country, form: LegalForm, name: str, text: str, known: dict[str, str], why: str
) -> None:
    with pytest.raises(BadRequisite) as caught:
        check_field(name, text, country=country, form=form, known=known)

    assert (caught.value.facts["field"], caught.value.facts["why"]) == (name, why)


@given(place=st.integers(0, 19), digit=st.integers(1, 9))
def test_one_wrong_digit_of_an_account_is_always_found(place: int, digit: int) -> None:
    account = "40702810938000000001"
    wrong = str((int(account[place]) + digit) % 10)
    mistyped = account[:place] + wrong + account[place + 1 :]

    with pytest.raises(BadRequisite):
        check_field("account", mistyped, country=RU, form=COMPANY, known=BANK)


@given(st.text(max_size=40), st.sampled_from(sorted({n for row in FIELDS.values() for n in row})))
def test_whatever_is_typed_is_kept_or_refused(text: str, name: str) -> None:
    country, form = next(key for key, names in FIELDS.items() if name in names)
    with suppress(BadRequisite):
        kept = check_field(name, text, country=country, form=form, known={})
        assert kept.isprintable()


def test_requisites_are_checked_as_a_whole() -> None:
    for details in (REQUISITES, RUSSIAN):
        assert check_details(details.country, details.form, details.values) == details
        for name in details.values:
            if name != "vat":
                rest = {key: value for key, value in details.values.items() if key != name}
                with pytest.raises(BadRequisite):
                    check_details(details.country, details.form, rest)


def test_a_screen_shows_the_end_only() -> None:
    assert masked("account", "40702810938000000001") == "•••• 0001"
    assert masked("kpp", "12345") == "••••"
    assert masked("name", "Sample") == "Sample"
    assert "500100732259" not in repr(RUSSIAN)
