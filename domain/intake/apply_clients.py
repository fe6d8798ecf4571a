"""The home of what clicks, registrations, accounts and deletions do."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from domain.contacts import normal_phone
from domain.entities.client import Click, ClickSource, Client, ClientAccount, NotAttributed
from domain.events.types import AccountCreated, ClickRecorded, ClientDeleted, ClientRegistered
from domain.intake.activity import change_client
from domain.intake.attributing import (
    attribute,
    judge_again,
    move_registration,
    reason_without_referral,
    shown_reason,
    touches_of,
)
from domain.intake.catching_up import catch_up
from domain.intake.facts import MADE_IN_BOT, Facts
from domain.intake.pinned import (
    absorb,
    client_for,
    follow_pins,
    is_empty,
    is_taken,
    pinned_client,
    settle_account,
)
from domain.intake.telling import tell_registered
from domain.intake.verdict import Verdict, applied, rejected, waits_for_client
from domain.ports.tokens import ClickTokens


def record_click(facts: Facts, event: ClickRecorded) -> Verdict:
    """Keep a click that the vendor reports, and decide the clients that waited for it (R3)."""
    enrolment_id = facts.links.get(event.code)
    if enrolment_id is None:
        return rejected("code_unknown", "data.code", "no partner has this code")
    click = Click(
        id=facts.new_id(),
        code=event.code,
        enrolment_id=enrolment_id,
        clicked_at=event.clicked_at,
        source=ClickSource.RECORDED,
        click_id=event.click_id,
        visitor_id=event.visitor_id,
    )
    facts.keep_click(click, is_new=True)
    facts.count(enrolment_id, event.code, event.clicked_at).clicks += 1
    for client in facts.clients.of(f"click:{event.click_id}"):
        _decide_late(facts, client)
    return applied()


def _decide_late(facts: Facts, client: Client) -> None:
    touches = touches_of(
        facts, client, token={}, click_id=client.pending_click_id, named_code=None
    )
    decided = replace(client, pending_click_id=None, pending_program=None, reason=None)
    facts.clients.put(client.id, decided)
    for referral in attribute(facts, decided, touches, client.pending_program):
        if referral.enrolment_id is not None:
            catch_up(facts, decided, referral)


def register_client(facts: Facts, event: ClientRegistered, tokens: ClickTokens) -> Verdict:
    """Make the client and decide whose it is; the registration of its first account (R10)."""
    standing = _same_client_made_in_bot(facts, event)
    refusal = _refusal(facts, event, standing)
    if refusal is not None:
        return refusal
    client = _client_of(facts, event, standing)
    token, is_token = _read_token(event, tokens)
    is_known = is_token or facts.clicks_with("click", event.click_id)
    awaited = None if is_known else event.click_id
    if standing is None:
        facts.clients.add(client.id, client)
    facts.name_client(event.client_id, client.id)
    pinned = pinned_client(facts, event.account_id)
    if pinned is not None and pinned.id != client.id:
        absorb(facts, pinned, client)
    touches = touches_of(
        facts,
        client,
        token=token,
        click_id=None if is_token else event.click_id,
        named_code=event.referral_code,
    )
    if standing is None or not facts.referrals_of(client.id):
        attribute(facts, client, touches, event.program, keep_refusals=awaited is None)
    elif not facts.payments_of(client.id):
        judge_again(facts, client, touches)
    else:
        move_registration(facts, client)
    referrals = facts.referrals_of(client.id)
    if not referrals:
        reason = reason_without_referral(
            click_id=event.click_id if is_token else awaited,
            is_token=is_token,
            named_code=event.referral_code,
        )
        client = replace(
            client,
            reason=reason,
            pending_click_id=awaited,
            pending_program=event.program if awaited else None,
        )
    facts.clients.put(client.id, client)
    follow_pins(facts, client)
    referrals = facts.referrals_of(client.id)
    _open_account(facts, event.account_id, client.id, event.account_name, event.registered_at)
    causes = [f"client:{event.client_id}"]
    causes += [f"account:{event.account_id}"] if event.account_id else []
    return applied(shown_reason(client, referrals), releases=tuple(causes))


def _refusal(facts: Facts, event: ClientRegistered, standing: Client | None) -> Verdict | None:
    if event.program is not None and event.program not in facts.programs:
        known = ", ".join(sorted(facts.programs))
        return rejected("program_unknown", "data.program", f"active programs are {known}")
    if is_taken(facts, standing, event.account_id):
        return rejected(
            "account_taken", "data.account.account_id", "the account belongs to another client"
        )
    client = facts.client(event.client_id)
    if client is not None and client != standing:
        return rejected("client_known", "data.client_id", "a client with this id is known already")
    return None


def _same_client_made_in_bot(facts: Facts, event: ClientRegistered) -> Client | None:
    """Return the client that consented in the bot and is now reported by billing."""
    named = facts.client(event.client_id)
    if named is not None and named.made_in_bot:
        return named
    pinned = pinned_client(facts, event.account_id)
    if named is None and pinned is not None and not is_empty(facts, pinned):
        return pinned
    phone = normal_phone(event.phone) if event.phone else None
    for client in facts.clients.of(MADE_IN_BOT):
        same_person = event.telegram_id is not None and client.telegram_id == event.telegram_id
        same_phone = phone and client.phone and normal_phone(client.phone) == phone
        if same_person or same_phone:
            return client
    return pinned if named is None else None


def _client_of(facts: Facts, event: ClientRegistered, standing: Client | None) -> Client:
    return Client(
        id=standing.id if standing else facts.new_id(),
        shown_id=event.client_id,
        name=event.name,
        registered_at=event.registered_at,
        deleted_at=standing.deleted_at if standing else None,
        telegram_id=event.telegram_id or (standing.telegram_id if standing else None),
        visitor_id=event.visitor_id,
        email=event.email,
        phone=event.phone or (standing.phone if standing else None),
        owner_account_id=event.owner_account_id,
        legal_form=event.legal_form,
        tax_id=event.tax_id,
        platform=event.platform,
        department=event.department,
        active_services=standing.active_services if standing else 0,
    )


def _read_token(
    event: ClientRegistered, tokens: ClickTokens
) -> tuple[Mapping[str, datetime], bool]:
    """Return the clicks of the redirect's token, and whether the id is such a token at all."""
    if event.click_id is None or not tokens.looks_like_one(event.click_id):
        return {}, False
    return tokens.read(event.click_id) or {}, True


def _open_account(
    facts: Facts, account_id: str | None, client_id: int, name: str | None, at: datetime
) -> None:
    if account_id is None:
        return
    account = ClientAccount(
        account_id=account_id, client_id=client_id, name=name or account_id, created_at=at
    )
    if facts.client_accounts.get(account_id) is None:
        facts.client_accounts.add(account_id, account)
    else:
        facts.client_accounts.put(account_id, account)


def create_account(facts: Facts, event: AccountCreated) -> Verdict:
    """Keep one more account of a client; it never moves the registration (R10).

    An account that was pinned in advance brings the client to the partner that pinned it (R5).
    """
    client = client_for(facts, event.client_id, event.account_id)
    if client is None:
        return waits_for_client(event.client_id)
    pinned = pinned_client(facts, event.account_id)
    is_known = facts.client_accounts.get(event.account_id) is not None and pinned is None
    if is_known or is_taken(facts, client, event.account_id):
        return rejected(
            "account_taken", "data.account_id", "the account is known, maybe of another client"
        )
    known = settle_account(facts, client, event.client_id, event.account_id)
    _open_account(facts, event.account_id, client.id, event.name, event.created_at)
    return applied(releases=(f"account:{event.account_id}", *known))


def delete_client(facts: Facts, event: ClientDeleted) -> Verdict:
    """Let later payments of the client earn nothing; what was earned stays (R16).

    It leaves the active clients of its partner, and stays among the paying ones (R9).
    """
    client = facts.client(event.client_id)
    if client is None:
        return waits_for_client(event.client_id)
    change_client(facts, replace(client, deleted_at=event.deleted_at))
    return applied()


def register_in_bot(facts: Facts, event: ClientRegistered) -> Client:
    """Make a client by consent in Telegram; its registration is the consent (R10, R37).

    When billing reports it later, by Telegram id or phone, it is the same client.
    """
    client = replace(_client_of(facts, event, None), made_in_bot=True)
    facts.clients.add(client.id, client)
    facts.name_client(event.client_id, client.id)
    touches = touches_of(facts, client, token={}, click_id=None, named_code=None)
    attribute(facts, client, touches, event.program)
    if not facts.referrals_of(client.id):
        client = replace(client, reason=NotAttributed.NO_CLICK)
        facts.clients.put(client.id, client)
    tell_registered(facts, client)
    return client
