"""Partners that ask about a client or claim it, and staff that decide."""

from datetime import timedelta

from domain.entities.claim import Claim, ClaimView, Explanation
from domain.period import text_of
from domain.usecases.claims.ask import read_client
from domain.usecases.claims.decide import ClaimDecision
from tests.usecases.app import App


async def ask(app: App, name: str, about: str) -> Explanation:
    """Let a partner ask where a client is."""
    answer = await app.use.ask_about_client(await app.private(name), read_client(about))
    assert isinstance(answer, Explanation)
    return answer


async def claim(app: App, name: str, about: str, comment: str = "") -> Claim:
    """Let a partner claim a client."""
    return await app.use.open_claim(await app.private(name), read_client(about), comment)


async def decide(
    app: App, of: Claim, *, accept: bool = True, words: str = "", by: str = "boss", **more: str
) -> ClaimView:
    """Let staff decide a claim."""
    decision = ClaimDecision(claim_id=of.id, is_accepted=accept, reason_text=words, **more)
    return await app.use.decide_claim(await app.in_chat(by), decision)


async def clicked(app: App, code: str, visitor: str, **ago: float) -> None:
    """Let a visitor have clicked on a link so long ago."""
    await app.reports(
        "click.recorded",
        click_id=f"click-{visitor}-{code}",
        code=code,
        clicked_at=text_of(app.now - timedelta(**ago)),
        visitor_id=visitor,
    )


async def partner_of(app: App, client: str) -> str | None:
    """Return the code that a client belongs to."""
    async with app.around.open_work.read() as work:
        view = await work.reports.client(client)
    assert view
    return view.codes[0] if view.codes else None
