"""The home of evidence: every click that is known of a client, for claims and their answers."""

import json
from collections.abc import Sequence

from domain.entities.claim import Trace
from domain.entities.client import Client
from domain.ports.tokens import ClickTokens
from domain.ports.work import Work


async def traces_of(work: Work, client: Client, tokens: ClickTokens) -> list[Trace]:
    """Return the clicks of a client, oldest first: kept ones, the token's, and a named code."""
    ids = await work.clients.ids_of(client.id)
    reported = await work.events.about([f"client:{external_id}" for external_id in ids])
    data = [json.loads(row.data) for row in reported if row.kind == "client.registered"]
    click_ids = {str(row["click_id"]) for row in data if row.get("click_id")}
    clicks = await work.clicks.known(
        click_ids={key for key in click_ids if not tokens.looks_like_one(key)},
        visitor_ids={client.visitor_id} if client.visitor_id else (),
        person_ids={client.telegram_id} if client.telegram_id else (),
    )
    found = [
        Trace(
            code=click.code, enrolment_id=click.enrolment_id, at=click.clicked_at, how=click.source
        )
        for click in clicks
    ]
    carried = [
        (code, at, "token")
        for key in click_ids
        if tokens.looks_like_one(key)
        for code, at in (tokens.read(key) or {}).items()
    ]
    carried += [
        (str(row["referral_code"]).lower(), client.registered_at, "named")
        for row in data
        if row.get("referral_code")
    ]
    links = await work.enrolments.by_codes({code for code, _, _ in carried})
    found += [
        Trace(code=code, enrolment_id=links[code], at=at, how=how)
        for code, at, how in carried
        if code in links
    ]
    return sorted(found, key=lambda trace: trace.at)


def first_of(traces: Sequence[Trace], enrolment_id: int) -> Trace | None:
    """Return the first click on a partner's links, ``None`` where there is none."""
    return next((trace for trace in traces if trace.enrolment_id == enrolment_id), None)
