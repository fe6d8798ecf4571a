"""Worked examples to the last unit: a third of odd amounts, refunded in three parts (R11-R13)."""

import pytest

from tests.domain.builders import paid, refunded, registered, written
from tests.domain.world import World

EXAMPLES = [
    # program, payment, rate into the program, commission, three refunds, taken back after each
    ("USD", "USD", "100.01", None, 3333, ("33.33", "33.34", "33.34"), (1111, 2222, 3333)),
    ("USD", "USD", "0.05", None, 2, ("0.02", "0.02", "0.01"), (1, 2, 2)),
    ("JPY", "JPY", "1001", None, 334, ("333", "334", "334"), (111, 223, 334)),
    ("JPY", "JPY", "2", None, 1, ("1", "1"), (1, 1)),
    ("KWD", "KWD", "10.001", None, 3333, ("3.333", "3.334", "3.334"), (1111, 2222, 3333)),
    ("KWD", "KWD", "0.002", None, 1, ("0.001", "0.001"), (1, 1)),
    # 4100.01 x 0.0242 x 33.33 % = 33.0701...; 2733.34 is left: 22.0467...; 1366.67: 11.0233...
    ("USD", "UAH", "4100.01", "0.0242", 3307, ("1366.67",) * 3, (1102, 2205, 3307)),
    # 10.01 x 0.006531 x 33.33 % = 0.0217... KWD; 6.67 is left: 0.0145...; 3.33: 0.0072...
    ("KWD", "UAH", "10.01", "0.006531", 22, ("3.34", "3.34", "3.33"), (7, 15, 22)),
    # 99.99 x 156.25 x 33.33 % = 5207.2917... JPY; 66.66 is left: 3471.5278...; 33.33: 1735.7639...
    ("JPY", "USD", "99.99", "156.25", 5207, ("33.33",) * 3, (1735, 3471, 5207)),
]


@pytest.mark.parametrize(
    ("program", "currency", "amount", "rate", "commission", "refunds", "taken"), EXAMPLES
)
def test_a_third_of_an_odd_amount_is_given_back_in_parts(
    program: str,
    currency: str,
    amount: str,
    rate: str | None,
    commission: int,
    refunds: tuple[str, ...],
    taken: tuple[int, ...],
) -> None:
    world = World(
        written(
            f"""
            [program]
            key = "thirds"
            currency = "{program}"
            [commission]
            rates = [{{ rate = "33.33%" }}]
            [payout]
            minimum = "50"
            """
        )
    )
    world.enrols("leo")
    more = {"exchange_rate": rate} if rate else {}
    world.send(
        registered("ann", "2026-11-01", referral_code="leo"),
        paid("p1", "ann", amount, "2026-11-02", currency=currency, **more),
    )
    (made,) = world.commissions_of("p1")
    assert (made.minor, made.currency) == (commission, program)
    for number, part in enumerate(refunds):
        answer = world.send_one(refunded(f"r{number}", "p1", part, "2026-11-05"))
        assert answer.status == "applied"
        assert world.commissions_of("p1")[0].clawed_back == taken[number]
    assert taken[-1] == commission
