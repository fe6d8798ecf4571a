"""A client that is the partner itself: anything they share tells (R4)."""

import pytest

from domain.entities.client import Client
from domain.entities.partner import PartnerIdentity
from domain.rules.self_referral import is_self_referral
from tests.domain.attribution_cases import NOW
from tests.domain.builders import instant

PARTNER = PartnerIdentity(
    telegram_ids=frozenset({77, 78}),
    emails=frozenset({"leopartner@gmail.com", "leo@shop.example"}),
    phones=frozenset({"380501112233"}),
    tax_ids=frozenset({"7707083893"}),
    vendor_account_id="acc-1",
)


@pytest.mark.parametrize(
    "known",
    [
        {"telegram_id": 77},
        {"telegram_id": 78},
        {"email": "leo@shop.example"},
        {"email": " LEO@Shop.Example "},
        {"email": "leo+client@shop.example"},
        {"email": "leo.partner@gmail.com"},
        {"email": "L.e.o.Partner+x@googlemail.com"},
        {"phone": "+380501112233"},
        {"phone": "+38 (050) 111-22-33"},
        {"phone": "00380501112233"},
        {"tax_id": "7707083893"},
        {"owner_account_id": "acc-1"},
        {"telegram_id": 5, "email": "x@y.example", "tax_id": "7707083893"},
    ],
)
def test_a_client_that_shares_anything_with_a_member_is_the_partner_itself(
    known: dict[str, object],
) -> None:
    assert is_self_referral(client(**known), PARTNER)


@pytest.mark.parametrize(
    "known",
    [
        {},
        {"telegram_id": 79},
        {"email": "leo@shop.example.org"},
        {"email": "l.eo@shop.example"},
        {"email": "leopartner@gmx.example"},
        {"phone": "+380501112234"},
        {"phone": "501112233"},
        {"tax_id": "7707083894"},
        {"owner_account_id": "acc-2"},
        {"owner_account_id": "ACC-1"},
    ],
)
def test_another_person_is_not_the_partner(known: dict[str, object]) -> None:
    assert not is_self_referral(client(**known), PARTNER)


def test_what_is_unknown_of_both_is_no_match() -> None:
    assert not is_self_referral(client(), PartnerIdentity())
    assert not is_self_referral(client(owner_account_id=None), PartnerIdentity())


def client(**known: object) -> Client:
    return Client(id=1, shown_id="c", name="C", registered_at=instant(NOW), **known)
