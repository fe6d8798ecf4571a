"""Who may ask for a pay-out, for how much and to which account (R18)."""

import pytest

from domain.entities.partner import Enrolment, EnrolmentStatus
from domain.errors import DomainError
from domain.rules.payout_ibans import BadPayoutAccount
from domain.rules.payouts import (
    PartnerNotActive,
    PayoutAboveBalance,
    PayoutBelowMinimum,
    VendorAccountMissing,
    check_account,
    check_amount,
    check_partner,
)
from tests.domain.payouts import AT, usd


@pytest.mark.parametrize(
    ("amount", "payable"),
    [("50.00", "50.00"), ("50.00", "1000.00"), ("999.99", "1000.00"), ("1000.00", "1000.00")],
)
def test_from_the_minimum_to_all_that_is_payable_may_be_asked(amount: str, payable: str) -> None:
    check_amount(usd(amount), payable=usd(payable), minimum=usd("50.00"))


@pytest.mark.parametrize(
    ("amount", "payable", "refusal"),
    [
        ("49.99", "1000.00", PayoutBelowMinimum),
        ("0.01", "0.01", PayoutBelowMinimum),
        ("50.01", "50.00", PayoutAboveBalance),
        ("50.00", "49.99", PayoutAboveBalance),
        ("50.00", "0.00", PayoutAboveBalance),
        ("50.00", "-70.00", PayoutAboveBalance),
        ("49.99", "-70.00", PayoutBelowMinimum),
    ],
)
def test_less_than_the_minimum_or_more_than_payable_is_refused_with_the_figures(
    amount: str, payable: str, refusal: type[DomainError]
) -> None:
    with pytest.raises(refusal) as caught:
        check_amount(usd(amount), payable=usd(payable), minimum=usd("50.00"))

    assert caught.value.facts["asked"] == usd(amount)
    assert caught.value.facts["payable"] == usd(payable)


def enrolment(status: EnrolmentStatus) -> Enrolment:
    return Enrolment(
        id=1,
        partner_id=1,
        program="saas-tiers",
        code="leo",
        status=status,
        terms_version=1,
        joined_at=AT,
    )


def test_an_active_partner_with_a_vendor_account_may_be_paid() -> None:
    check_partner(enrolment(EnrolmentStatus.ACTIVE), "acc-1")


@pytest.mark.parametrize("account", ["acc-1", None])
@pytest.mark.parametrize("status", [EnrolmentStatus.SUSPENDED, EnrolmentStatus.ENDED])
def test_a_partner_that_does_not_take_part_is_not_paid(
    status: EnrolmentStatus, account: str | None
) -> None:
    with pytest.raises(PartnerNotActive) as caught:
        check_partner(enrolment(status), account)

    assert caught.value.facts["status"] == status.value


def test_without_its_own_vendor_account_a_partner_is_not_paid() -> None:
    with pytest.raises(VendorAccountMissing):
        check_partner(enrolment(EnrolmentStatus.ACTIVE), None)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("2121", "2121"),
        ("  UA21 3223 \n", "UA21 3223"),
        ("UA21\n3223\t1300", "UA21 3223 1300"),
        ("DE02 1203 0000 0000 2020 51 Ann Example", "DE02 1203 0000 0000 2020 51 Ann Example"),
        ("IBAN de02120300000000202051, Ann", "IBAN de02120300000000202051, Ann"),
        ("DE02 1203 0000 0000 2020 51 ANN BOX", "DE02 1203 0000 0000 2020 51 ANN BOX"),
        ("MT84MALT011000012345MTLCAST001S", "MT84MALT011000012345MTLCAST001S"),
        ("40817810438000000001, BIK 044525225", "40817810438000000001, BIK 044525225"),
        ("4111 1111 1111 1111 ANN EXAMPLE", "4111 1111 1111 1111 ANN EXAMPLE"),
        ("TR79abcQmNhrT2xKcVbqzDZx6nVw8KpLQs", "TR79abcQmNhrT2xKcVbqzDZx6nVw8KpLQs"),
        ("PayPal ann@example.com", "PayPal ann@example.com"),
        ("paypal.me/annexample", "paypal.me/annexample"),
        ("+380 67 111 22 33", "+380 67 111 22 33"),
        ("1" * 200, "1" * 200),
        ("карта 4444", "карта 4444"),
        ("<b>UA2121</b>", "<b>UA2121</b>"),
    ],
)
def test_an_account_to_pay_to_is_kept_as_typed_but_for_spaces(text: str, kept: str) -> None:
    assert check_account(text) == kept


@pytest.mark.parametrize(
    "text",
    ["", "   ", "abc", " ab ", "x" * 201, "UA21\0", "UA\u202e21", "UA21\u200b", "\x1bUA21"],
)
def test_what_cannot_be_an_account_is_refused(text: str) -> None:
    with pytest.raises(BadPayoutAccount) as caught:
        check_account(text)

    assert caught.value.facts == {"why": "signs", "least": 4, "most": 200}


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("hello", "digits"),
        ("карта 44", "digits"),
        ("٢٠٠٢٠٠ wallet", "digits"),
        ("DE03 1203 0000 0000 2020 51", "iban_check"),
        ("IBAN: de02120300000000202015 Ann", "iban_check"),
        ("DE02 1203 0000 0000 2020 5, Ann", "iban_length"),
        ("DE02 1203 0000 0000 2020 511", "iban_length"),
        ("DE02 1203 0000 0000 2020 5 ANN EXAMPLE", "iban_length"),
        ("XX02120300000000202051", "iban_country"),
    ],
)
def test_an_iban_has_to_be_one_and_other_accounts_need_digits(text: str, why: str) -> None:
    with pytest.raises(BadPayoutAccount) as caught:
        check_account(text)

    assert caught.value.facts["why"] == why
