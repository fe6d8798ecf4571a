"""From when to when a client earns, what earns nothing, how long it is held (R10, R14, R16)."""

from dataclasses import replace

import pytest

from domain.entities.client import Referral
from domain.entities.payment import EarnedNothing
from domain.rules.commission import earns_nothing, earns_until, held_until
from tests.domain.builders import instant, saas_tiers


def referral(**changes: object) -> Referral:
    known: dict[str, object] = {
        "id": 1,
        "client_id": 1,
        "program": "saas-tiers",
        "enrolment_id": 1,
        "reason": None,
        "code": "leo",
        "first_click_at": instant("2024-02-28 10:00"),
        "registered_at": instant("2024-02-29 10:00"),
        "earns_until": instant("2025-02-28 10:00"),
    }
    return Referral(**known | changes)


@pytest.mark.parametrize(
    ("paid_at", "reason"),
    [
        ("2024-02-29 09:59:59.999999", EarnedNothing.BEFORE_REGISTRATION),
        ("2024-02-29 10:00", None),
        ("2025-02-28 09:59:59.999999", None),
        ("2025-02-28 10:00", EarnedNothing.DURATION_ENDED),
        ("2025-02-28 10:00:01", EarnedNothing.DURATION_ENDED),
    ],
)
def test_a_client_earns_from_its_registration_to_before_the_end(
    paid_at: str, reason: EarnedNothing | None
) -> None:
    at = instant(paid_at)

    assert earns_nothing(referral(), paid_at=at, deleted_at=None, is_active=True) == reason


@pytest.mark.parametrize(
    ("paid_at", "reason"),
    [
        ("2024-06-01 11:59:59.999999", None),
        ("2024-06-01 12:00", EarnedNothing.CLIENT_DELETED),
        ("2024-06-01 12:00:01", EarnedNothing.CLIENT_DELETED),
    ],
)
def test_a_payment_from_the_deletion_on_earns_nothing(
    paid_at: str, reason: EarnedNothing | None
) -> None:
    deleted_at = instant("2024-06-01 12:00")

    assert (
        earns_nothing(referral(), paid_at=instant(paid_at), deleted_at=deleted_at, is_active=True)
        == reason
    )


def test_a_client_without_an_end_earns_for_good() -> None:
    forever = referral(earns_until=None)

    for year in ("2025", "2050", "2999"):
        at = instant(f"{year}-01-01")
        assert earns_nothing(forever, paid_at=at, deleted_at=None, is_active=True) is None


def test_a_suspended_partner_earns_nothing() -> None:
    at = instant("2024-06-01")

    reason = earns_nothing(referral(), paid_at=at, deleted_at=None, is_active=False)

    assert reason is EarnedNothing.PARTNER_SUSPENDED


def test_the_program_says_for_how_long_a_client_earns() -> None:
    program = saas_tiers()
    start = instant("2024-02-29 10:00")

    assert earns_until(program, start) == instant("2025-02-28 10:00")
    assert earns_until(replace(program, duration_months=1), start) == instant("2024-03-29 10:00")
    assert earns_until(replace(program, duration_months=None), start) is None


def test_a_hold_counts_days_of_24_hours_from_the_payment() -> None:
    program = replace(saas_tiers(), hold_days=14)

    assert held_until(program, instant("2026-03-20 10:00:00.5")) == instant(
        "2026-04-03 10:00:00.5"
    )
    assert held_until(saas_tiers(), instant("2026-03-20")) == instant("2026-03-20")
