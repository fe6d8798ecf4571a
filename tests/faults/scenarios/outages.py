"""What the product leans on goes away: the server of the database, the server of e-mail."""

import asyncio
from collections import Counter

from tests.faults.ground import POSTGRESQL, SQLITE, Ground
from tests.faults.people import Human, new_human
from tests.faults.process import until
from tests.faults.row import Row
from tests.faults.scene import set_scene
from tests.faults.world import Vendor
from tests.post import open_post

RESTARTS_FEW, RESTARTS_MANY = 4, 100
WRITERS_FEW, WRITERS_MANY = 12, 60
MAIL_SECONDS = 180.0
TEMPORARY = "451 4.7.1 Greylisted, try again"
MAILS_OPEN = "SELECT COUNT(*) FROM mails WHERE sent_at IS NULL AND undelivered_at IS NULL"


async def postgresql_restarts(ground: Ground) -> Row:
    """F15: the server crashes and starts again, under load."""
    row = ground.row("server restarts", POSTGRESQL)
    chance = ground.chance(row)
    row.strikes = min(ground.strikes, RESTARTS_MANY) or RESTARTS_FEW
    events = max(200, 40 * row.strikes)
    async with ground.vendor(POSTGRESQL) as vendor:
        scene = await set_scene(vendor, chance, events=events, clients=8, partners=4)

        async def restart() -> None:
            await asyncio.to_thread(ground.postgres.restart)

        await scene.play([restart] * row.strikes)
        if not scene.load.figures.met:
            row.wrong = "no strike met a request: there was no load"
        await scene.find(row)
        row.note = scene.notes()
    return row


async def post_is_down(ground: Ground) -> Row:
    """F59: nobody takes e-mails, then they are refused for a while, then taken."""
    row = ground.row("SMTP down, 451, cut")
    row.sent = min(ground.strikes, WRITERS_MANY) or WRITERS_FEW
    async with open_post() as post:
        port = post.port
        more = f'\n[email]\nsmtp_url = "smtp://127.0.0.1:{port}"\nsender = "bot@example.com"\n'
        async with ground.vendor(SQLITE, more=more) as vendor:
            post.to_sender += ["421 4.3.2 Shutting down"] * row.sent
            post.to_data += [TEMPORARY] * row.sent
            row.strikes = 2 * row.sent
            process = vendor.start()
            await process.ready()
            people = [
                await new_human(vendor.sim, vendor.simulator, "Ann") for _ in range(row.sent)
            ]
            await asyncio.gather(*(_name_address(human) for human in people))
            await _until_sent(vendor)
            assert await process.stop() == 0
            await vendor.audit(row)
        taken = Counter(str(mail["X-Envelope-To"]) for mail in post.got)
        ids = {str(mail["Message-ID"]) for mail in post.got}
    row.acknowledged = row.sent
    row.expect_all("e-mails", taken, [_address(human) for human in people])
    row.expect("Message-IDs", len(ids), row.sent)
    row.note = f"{len(post.got)} e-mails were taken"
    return row


def _address(human: Human) -> str:
    return f"ann.{human.id}@example.com"


async def _name_address(human: Human) -> None:
    await human.opens()
    await human.is_answered()
    await human.says("/privacy")
    await human.is_answered()
    await human.presses("em:name")
    await human.is_answered()
    await human.says(_address(human))
    await human.is_answered()


async def _until_sent(vendor: Vendor) -> None:
    """Wait until every e-mail is sent, without the pauses between two tries."""

    async def are_sent() -> bool:
        change = "UPDATE mails SET due_at = 0 WHERE sent_at IS NULL AND undelivered_at IS NULL"
        await vendor.database.change(change)
        return not await vendor.database.value(MAILS_OPEN)

    await until(are_sent, within_seconds=MAIL_SECONDS, every_seconds=0.5)
