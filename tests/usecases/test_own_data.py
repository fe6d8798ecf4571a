"""What is stored about a person: seeing it, and having it erased (R37)."""

import re
from datetime import UTC
from typing import Any

import pytest

from domain.entities.notice import Notice
from domain.errors import NotFound
from domain.period import text_of
from domain.rights import MemberRole, StaffRole
from domain.rules.claims import ClaimAlreadyDecided
from domain.usecases.claims.decide import ClaimDecision
from domain.usecases.events.record import Answer
from domain.usecases.people.identify import SeenPerson
from handlers.person.screens.export import as_html
from handlers.ui.language import Languages
from tests.usecases.app import App

PHONE = "+380671112233"


async def test_a_stranger_is_told_that_nothing_is_stored(app: App) -> None:
    data = await app.use.show_own_data(await app.private("zoe"))
    assert data.caller.person.name == "Zoe"
    assert (data.client, data.inviter, data.partner_name, data.vendor_account_id) == (None,) * 4


async def test_a_client_sees_its_data_and_who_invited_it(app: App) -> None:
    await app.opens("ann", (await app.joins("leo")).code)
    await app.consents("ann", PHONE)
    data = await app.use.show_own_data(await app.private("ann"))
    assert data.client
    assert (data.client.client.phone, data.client.client.registered_at) == (PHONE, app.now)
    assert (data.inviter, data.partner_name, data.vendor_account_id) == ("Leo", None, None)


async def test_an_admin_sees_its_partner_and_a_member_its_name_only(app: App) -> None:
    await app.joins("leo")
    await app.becomes_member("max", of="leo")
    await app.becomes_member("ida", of="leo", role=MemberRole.ADMIN)
    for name, account in (("leo", "acc-leo"), ("ida", "acc-leo"), ("max", None)):
        data = await app.use.show_own_data(await app.private(name))
        assert (data.partner_name, data.vendor_account_id) == ("Leo", account), name


async def test_who_left_a_moment_ago_sees_nothing_of_the_partner(app: App) -> None:
    await app.joins("leo")
    await app.becomes_member("ida", of="leo", role=MemberRole.ADMIN)
    ida = await app.private("ida")
    await app.leaves_partner("ida")
    data = await app.use.show_own_data(ida)
    assert (data.partner_name, data.vendor_account_id) == (None, None)


# Erasing


ANN = SeenPerson(
    id=8_412_765_309, name="Annabel Quasimodo", username="quasi_ann", language_code="en"
)
KNOWN = {
    "name": "quasimodo",
    "username": "quasi_ann",
    "telegram id": str(ANN.id),
    "phone": "0671112233",
    "e-mail": "ann.q@example",
    "tax id": "2244411226",
}


async def _lives(app: App) -> str:
    """Let Ann be a client with everything known of her; return her id with billing."""
    app.shows("ann", ANN)
    await app.opens("ann", (await app.joins("leo")).code, request=f"{ANN.id}:41")
    await app.consents("ann", PHONE)
    app.later(days=1)
    await app.client("c-7", **_reported())
    # Twice more with other data: under the same id, and the same fact under a new one.
    for event_id in ("registration-of-ann", "registration-again"):
        data = _reported() | {"client_id": "c-7", "registered_at": text_of(app.now)}
        await app.reports("client.registered", **data | {"event_id": event_id, "platform": "w"})
    for name in ("Annabel Quasimodo-Second", "Annabel Quasimodo"):
        known = {"client_id": "c-7", "name": name, "email": "Ann.Q@example.com"}
        await app.reports("client.updated", **known)
    await app.reports("client.updated", event_id="update-of-ann", client_id="c-7", phone="1")
    again = {"client_id": "c-7", "phone": "+380 67 111 22 33"}
    await app.reports("client.updated", event_id="update-of-ann", **again)
    await app.pays("c-7", "200.00", payment="p-1")
    await app.refunds("p-1", "50.00")
    return "c-7"


def _reported() -> dict[str, Any]:
    return {
        "event_id": "registration-of-ann",
        "name": "Annabel Quasimodo",
        "telegram_id": ANN.id,
        "phone": "+380 67 111 22 33",
        "email": "Ann.Q@example.com",
        "tax_id": "2244411226",
        "visitor_id": "visitor-of-quasimodo",
    }


async def _found(app: App) -> dict[str, list[str]]:
    """Return in which tables a known value of Ann stands, whatever its spelling."""
    contents = await app.contents(but=())
    found: dict[str, list[str]] = {}
    for what, needle in KNOWN.items():
        for table, rows in contents.items():
            # A phone is digits, however it is written; a row of other figures is none.
            spelled = [re.sub(r"[ ()+-]", "", row) if what == "phone" else row for row in rows]
            if any(needle in row.lower() for row in spelled):
                found.setdefault(what, []).append(table)
    return found


async def test_erasing_takes_every_known_value_out_of_every_table(app: App) -> None:
    await _lives(app)
    before = await _found(app)
    assert before.keys() == KNOWN.keys()
    assert {"clients", "event_conflicts", "events", "notices", "people"} <= set(before["name"])
    assert "clicks" in before["telegram id"]
    await app.use.erase_own_data(await app.private("ann"))
    assert await _found(app) == {}


async def test_erasing_ends_an_open_objection_and_nobody_is_told_about_it(app: App) -> None:
    await _lives(app)
    ann = await app.private("ann")
    await app.use.object_to_inviter(ann, "it was Bob Quasimodo")
    decided_later = (await app.rows("claims"))[0]["id"]
    await app.use.erase_own_data(ann)

    assert await _found(app) == {}
    (claim,) = await app.rows("claims")
    assert (claim["status"], claim["reason_code"]) == ("rejected", "client_erased")
    assert (claim["opened_by"], claim["decided_at"], claim["name_key"]) == (0, app.now, "")
    assert (await app.told_staff())[-1] == ("claim_changed", {"claim_id": decided_later})
    decision = ClaimDecision(claim_id=decided_later, is_accepted=False, reason_code="rules")
    with pytest.raises(ClaimAlreadyDecided):
        await app.use.decide_claim(await app.owner(), decision)
    assert await app.rows("notices", recipient=ANN.id) == []


async def test_a_client_takes_out_its_objection_and_who_invited_it(app: App) -> None:
    await _lives(app)
    ann = await app.private("ann")
    await app.use.object_to_inviter(ann, "it was Bob")
    kept = await app.use.export_own_data(ann)
    assert [row["text"] for row in kept["claims"]] == ["it was Bob"]
    assert [row["invited_by"] for row in kept["referrals"]] == ["Leo"]
    for code in ("en", "ru", "uk", "bg"):
        page = as_html(Languages("en", UTC).of(code), kept, app.now).decode()
        raw = re.findall(r"<th>([a-z]+_[a-z_]+)</th>|<td>([a-z]+_[a-z_]+)</td>", page)
        assert raw == [("", "quasi_ann")], code


async def test_an_update_of_billing_brings_nothing_back(app: App) -> None:
    await _lives(app)
    await app.use.erase_own_data(await app.private("ann"))
    known = _reported() | {"client_id": "c-7", "legal_form": "individual"}
    for name in ("event_id", "telegram_id", "visitor_id"):
        known.pop(name)
    answer = await app.reports("client.updated", event_id="late", **known)
    assert isinstance(answer, Answer)
    assert (answer.status, answer.reason) == ("applied", "client_erased")
    again = await app.reports("client.updated", event_id="late", **known)
    assert isinstance(again, Answer)
    assert again.status == "duplicate"
    assert await _found(app) == {}
    (client,) = await app.rows("clients")
    assert (client["name"], client["legal_form"]) == ("—", "individual")


async def test_erasing_leaves_money_and_its_history(app: App) -> None:
    client = await _lives(app)
    tables = ("payments", "refunds", "commissions", "entries", "postings", "referrals")
    kept = {table: await app.rows(table) for table in tables}
    figures = await app.figures("leo")
    assert figures == {"accrued": "20.00", "payable": "15.00", "clawed_back": "5.00"}
    await app.use.erase_own_data(await app.private("ann"))
    assert {table: await app.rows(table) for table in tables} == kept
    assert await app.figures("leo") == figures
    leo = await app.private("leo")
    (row,) = (await app.use.list_referrals(leo)).rows
    assert (row.client_name, row.email, row.phone) == ("—", None, None)
    (paid,) = (await app.use.list_payments(leo)).rows
    assert paid.client_name == "—"
    # The vendor's client goes on: it is the person that is forgotten.
    await app.pays(client, "100.00")
    assert await app.owed_to("leo") == "25.00"


async def test_erasing_is_audited_without_a_name(app: App) -> None:
    await _lives(app)
    (client,) = await app.rows("clients")
    await app.use.erase_own_data(await app.private("ann"))
    (row,) = await app.audited("client_erased")
    assert (row["actor"], row["role"]) == (None, "client")
    assert row["subject"] == f"client:{client['id']}"
    assert row["details"] == {}


async def test_what_is_erased_is_nobody_and_may_come_again(app: App) -> None:
    await _lives(app)
    await app.use.erase_own_data(await app.private("ann"))
    ann = await app.private("ann")
    assert ann.client_id is None
    assert (await app.use.show_own_data(ann)).client is None
    with pytest.raises(NotFound):
        await app.use.erase_own_data(ann)
    again = await app.consents("ann", PHONE)
    assert (again.is_new, again.partner_name, again.reason) == (True, None, "no_click")
    assert len(await app.rows("clients")) == 2


async def test_billings_report_that_comes_again_brings_nothing_back(app: App) -> None:
    await _lives(app)
    await app.use.erase_own_data(await app.private("ann"))
    data = _reported() | {"client_id": "c-7", "registered_at": text_of(app.now)}
    for event_id in ("registration-of-ann", "another-id", "another-id"):
        told = await app.reports("client.registered", **data | {"event_id": event_id})
        assert told.status == "duplicate"
    assert await _found(app) == {}
    (client,) = await app.rows("clients")
    assert (client["name"], client["shown_id"]) == ("—", "c-7")


async def test_every_client_that_the_person_is_is_erased(app: App) -> None:
    app.shows("ann", ANN)
    await app.consents("ann", PHONE)
    for name in ("c-7", "c-8"):
        more = _reported() | {"event_id": f"registration-of-{name}"}
        await app.client(name, **more)
    assert len(await app.rows("clients", telegram_id=ANN.id)) == 2
    await app.use.erase_own_data(await app.private("ann"))
    assert await _found(app) == {}


async def test_a_partner_or_staff_member_is_erased_as_a_client_only(app: App) -> None:
    await app.joins("mia")
    await app.consents("mia", PHONE)
    await app.staff("olga", StaffRole.SUPPORT)
    await app.consents("olga", "+380990000000")
    for name in ("mia", "olga"):
        await app.use.erase_own_data(await app.private(name))
    mia, olga = await app.rows("people", id=app.id_of("mia")), await app.in_chat("olga")
    assert [row["name"] for row in mia] == ["Mia"]
    assert olga.staff_role is StaffRole.SUPPORT
    assert (await app.use.show_enrolment(await app.private("mia"))).partner.name == "Mia"
    assert {row["name"] for row in await app.rows("clients")} == {"—"}


async def test_others_are_left_alone(app: App) -> None:
    await _lives(app)
    code = await app.code_of("leo")
    await app.opens("bob", code)
    await app.consents("bob", "+380990000000")
    similar = await _tells_of_a_similar_id(app)
    await app.use.erase_own_data(await app.private("ann"))
    bob = await app.use.show_own_data(await app.private("bob"))
    assert bob.client
    assert (bob.client.client.name, bob.client.client.phone) == ("Bob", "+380990000000")
    assert [params["client"] for kind, params in await app.told("leo") if kind == "registration"][
        -1
    ] == "Bob"
    assert [row["person_id"] for row in await app.rows("clicks")] == [None, app.id_of("bob")]
    (notice,) = await app.rows("notices", id=similar)
    assert notice["params"]["client"] == "Dan"


async def _tells_of_a_similar_id(app: App) -> int:
    """Owe a notice about a client whose id begins with the digits of Ann's; return its id."""
    (ann,) = await app.rows("clients", telegram_id=ANN.id)
    params: dict[str, object] = {"client": "Dan", "client_id": ann["id"] * 10 + 7}
    notice = Notice(
        id=app.around.new_id(), recipient=1, kind="registration", params=params, created_at=app.now
    )
    async with app.around.open_work() as work:
        await work.notices.add([notice])
        await work.commit()
    return notice.id


async def test_who_is_no_client_has_nothing_to_erase(app: App) -> None:
    await app.joins("leo")
    before = await app.contents()
    with pytest.raises(NotFound):
        await app.use.erase_own_data(await app.private("leo"))
    assert await app.contents() == before
