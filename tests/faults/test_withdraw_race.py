"""However often and wherever a withdrawal is confirmed, no balance is reserved twice."""

from collections.abc import AsyncIterator
from itertools import permutations
from pathlib import Path

import pytest

from tests.faults.process import Processes
from tests.faults.races import (
    AMOUNT,
    assert_in_order,
    colleagues,
    confirm_often,
    confirm_together,
    deliver_often,
    partner,
    pay_in,
)
from tests.faults.replicas import Replicas, start_replicas
from tests.faults.world import OK, vendor_in

AT_ONCE = 20
REPEATS = 200
"""Each race is run once; ``make faults`` runs many, with more at once."""
ACCOUNT = "DE89 3704 0044 0532 0130 00"
_LOOK = 3
"""The step of the dialog that is none of it: it may end the form."""


@pytest.fixture
async def replicas(
    tmp_path: Path, processes: Processes, database_url: str
) -> AsyncIterator[Replicas]:
    """Return two processes on one PostgreSQL database, or one process on SQLite."""
    number = 2 if database_url.startswith("postgresql") else 1
    async with vendor_in(tmp_path, processes, database_url, mode="webhook") as vendor:
        yield await start_replicas(vendor, number)


async def test_one_confirmation_pressed_or_delivered_often_reserves_once(
    replicas: Replicas,
) -> None:
    await confirm_often(replicas, 1, AT_ONCE)


async def test_many_members_confirm_at_once_and_only_the_balance_is_reserved(
    replicas: Replicas,
) -> None:
    await confirm_together(replicas, 1, AT_ONCE)


async def test_many_deliveries_of_one_update_have_one_effect(replicas: Replicas) -> None:
    await deliver_often(replicas, REPEATS, AT_ONCE)


async def test_only_the_whole_dialog_in_its_order_makes_a_payout(replicas: Replicas) -> None:
    boss, code = await partner(replicas)
    orders = list(permutations(range(4)))
    await pay_in(replicas, code, AMOUNT * len(orders))
    people = await colleagues(replicas, boss, len(orders))
    whole, may = set(), set()
    for human, order in zip(people, orders, strict=True):
        account = human.text(ACCOUNT)
        sent = account["message"]
        confirm = f"w:confirm:{human.id}-{sent['message_id']}-{sent['date']}"
        dialog = [human.text("/withdraw 60"), account, human.press_of(confirm)]
        dialog.append(human.text("/balance"))
        for step in order:
            # Telegram numbers updates in the order in which they are made.
            [(kind, content)] = [(k, v) for k, v in dialog[step].items() if k != "update_id"]
            assert await replicas.deliver(replicas.update(kind, content), to=step) == OK
        if [step for step in order if step != _LOOK] == [0, 1, 2]:
            may.add(human.id)
        if order in {(0, 1, 2, _LOOK), (_LOOK, 0, 1, 2)}:
            whole.add(human.id)
    await replicas.all_handled()
    asked = await replicas.vendor.database.rows("SELECT requested_by FROM payouts")
    assert whole <= {person for (person,) in asked} <= may
    assert len(asked) == len(set(asked))
    await assert_in_order(replicas)


async def test_an_unreadable_update_is_parked_and_holds_up_nobody(replicas: Replicas) -> None:
    visitor = await replicas.person("Visitor")
    broken = visitor.text("/start")
    broken["message"]["chat"] = "nowhere"
    assert await replicas.deliver(broken) == OK
    await visitor.says("/start")
    await visitor.is_answered()
    await replicas.all_handled()
    database = replicas.vendor.database
    assert await database.value("SELECT COUNT(*) FROM inbox WHERE parked_at IS NOT NULL") == 1
    assert len(await replicas.vendor.staff.messages()) == 1 + 1
