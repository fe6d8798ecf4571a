"""Where the tests of the intake begin, and how they read what came back."""

from domain.intake.apply import Answer
from domain.programs.model import Program
from tests.domain.builders import Sent, paid, refunded, registered
from tests.domain.world import World

REGISTERED = "2026-11-08 10:00"


def with_partner(*offered: Program) -> World:
    """Return the programs, or the shipped preset, and one partner: leo."""
    made = World(*offered)
    made.enrols("leo")
    return made


def with_two_partners() -> World:
    """Return the shipped preset with leo and eve."""
    made = with_partner()
    made.enrols("eve")
    return made


def with_client() -> World:
    """Return the shipped preset, leo, and ann whom leo brought."""
    made = with_partner()
    made.send_one(registered("ann", "2026-11-01", referral_code="leo"))
    return made


def with_payment(*offered: Program, at: str = "2026-11-02") -> World:
    """Return the same, and the payment ``p1`` of ann: 100.00 USD."""
    made = with_partner(*offered)
    made.send(
        registered("ann", "2026-11-01", referral_code="leo"),
        paid("p1", "ann", "100.00", at),
    )
    return made


def knows(world: World, *clients: str, at: str = "2026-11-01", code: str = "leo") -> None:
    """Let clients register by the code."""
    world.send(*(registered(client, at, referral_code=code) for client in clients))


def back(refund: str, amount: str, payment: str = "p1", **more: object) -> Sent:
    """Build a refund of 5 November."""
    return refunded(refund, payment, amount, "2026-11-05", **more)


def code_of(answer: Answer) -> tuple[str, str | None]:
    """Return the status and the code of the error, if there is one."""
    return answer.status, answer.error.code if answer.error else None


def error(answer: Answer) -> tuple[str, str | None, str | None]:
    """Return the status of what went wrong, its code and its field."""
    assert answer.error is not None
    return answer.status, answer.error.code, answer.error.field


def rejected(world: World, sent: Sent) -> tuple[str, str | None]:
    """Send what must be rejected and change nothing; return code and field."""
    before = {name: value for name, value in world.outcome().items() if name != "events"}
    answer = world.send_one(sent)
    assert answer.status == "rejected"
    assert answer.error is not None
    assert {name: value for name, value in world.outcome().items() if name != "events"} == before
    return answer.error.code, answer.error.field


def taken(world: World) -> list[int]:
    """Return what was taken back from each line of ``p1``."""
    return [commission.clawed_back for commission in world.commissions_of("p1")]
