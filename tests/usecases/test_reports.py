"""What the vendor's systems read over HTTP, and the lists of partners and staff."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from domain.entities.balance import BalanceSheet
from domain.entities.page import PAGE_SIZE, Page
from domain.entities.views import Cursor
from domain.money import Rate
from domain.period import text_of
from domain.usecases.payouts.decide import PayoutMove
from tests.usecases.app import App


async def _story(app: App) -> str:
    """Let Leo have two clients, three payments, a refund and pay-outs; return its code."""
    code = (await app.joins("leo")).code
    await app.opens("zoe", code)
    await app.client("ann", by="leo")
    app.later(days=1)
    await app.client("bob", by="leo")
    await app.pays("ann", "600.00", payment="p-1")
    app.later(days=1)
    await app.pays("bob", "500.00", payment="p-2")
    await app.pays("bob", "100.00", payment="p-3", category="domains")
    await app.refunds("p-2", "100.00")
    return code


async def test_an_overview_has_every_figure(app: App) -> None:
    code = await _story(app)
    await app.becomes_member("max", of="leo")
    done, asked = await app.asks("leo", "50.00"), await app.asks("leo", "55.00")
    await app.presses("boss", done, PayoutMove.SETTLE)
    for spelling in (code, code.upper()):
        overview = await app.use.report_partner.overview(spelling)
        assert overview
        assert overview.enrolment == await app.enrolment("leo")
        assert (overview.partner.name, overview.partner.vendor_account_id) == ("Leo", "acc-leo")
        assert (overview.enrolment.paying_clients, overview.enrolment.tier) == (2, "start")
        assert overview.sheet == BalanceSheet(
            currency="USD",
            accrued=12000,
            payable=500,
            reserved=asked.amount.minor,
            paid=5000,
            clawed_back=1000,
        )
        totals = overview.totals
        assert (totals.clicks, totals.starts, totals.registrations) == (0, 1, 2)
        assert (totals.payments, totals.payments_minor) == (3, 120000)
        assert (totals.commissions_minor, totals.clawed_back_minor) == (12000, 1000)
        assert overview.members == ("Leo", "Max")
    assert await app.use.report_partner.overview("zzzz2345") is None


async def test_commissions_tell_of_what_and_by_which_rule_they_were_made(app: App) -> None:
    code = await _story(app)
    page = await app.use.report_partner.commissions(code, None, 10)
    assert page
    assert page.following is None
    told = [(v.payment_id, v.client_id, v.base_minor, v.commission.minor) for v in page.rows]
    assert told == [
        ("p-3", "bob", 10000, 1000),
        ("p-2", "bob", 50000, 5000),
        ("p-1", "ann", 60000, 6000),
    ]
    third, second, first = (view.commission for view in page.rows)
    assert (first.rate, first.tier, first.category) == (Rate(1000), "start", None)
    assert (third.category, third.settlement, third.terms_version) == ("domains", "direct", 1)
    assert (second.clawed_back, second.left, second.status) == (1000, 4000, "payable")
    assert {view.base_currency for view in page.rows} == {"USD"}
    assert await app.use.report_partner.commissions("zzzz2345", None, 10) is None


async def test_a_commission_lists_the_pay_outs_that_consume_it_still(app: App) -> None:
    code = await _story(app)
    done = await app.asks("leo", "50.00")
    await app.presses("boss", done, PayoutMove.SETTLE)
    asked = await app.asks("leo", "56.00")
    page = await app.use.report_partner.commissions(code, None, 10)
    assert page
    consumed = {view.payment_id: view.consumed for view in page.rows}
    assert consumed == {
        "p-1": ((done.id, 5000), (asked.id, 1000)),
        "p-2": ((asked.id, 4000),),
        "p-3": ((asked.id, 600),),
    }
    assert [view.commission.status for view in page.rows] == ["reserved", "reserved", "paid"]
    await app.presses("boss", asked, PayoutMove.REJECT)
    await app.presses("boss", done, PayoutMove.BRING_BACK)
    page = await app.use.report_partner.commissions(code, None, 10)
    assert page
    assert {view.consumed for view in page.rows} == {()}
    assert {view.commission.status for view in page.rows} == {"payable"}


async def test_pay_outs_tell_what_they_consumed(app: App) -> None:
    code = await _story(app)
    first = await app.asks("leo", "70.00", comment="March")
    app.later(days=1)
    await app.presses("boss", first, PayoutMove.REJECT, "review", "Later")
    page = await app.use.report_partner.payouts(code, None, 10)
    assert page
    (view,) = page.rows
    assert (view.payout.status.shown, view.payout.comment) == ("rejected", "March")
    assert (view.payout.settled_at, view.payout.reason_code) == (app.now, "review")
    assert [part.minor for part in view.parts] == [6000, 1000]
    assert await app.use.report_partner.payouts("zzzz2345", None, 10) is None


async def test_clients_are_listed_with_what_was_decided_in_this_program(app: App) -> None:
    code = await _story(app)
    other = (await app.joins("mia", "waiting")).code
    mia = await app.reports(
        "client.registered",
        client_id="cid",
        name="Cid",
        registered_at=text_of(app.now),
        referral_code=other,
    )
    assert mia.id
    for link in (other, code):
        await app.opens("eve", link)
    app.later(minutes=1)
    eve = (await app.consents("eve")).client.shown_id
    await app.reports("client.deleted", client_id="ann", deleted_at=text_of(app.now))
    page = await app.use.report_partner.clients(code, None, 10)
    assert page
    assert [row.view.client.shown_id for row in page.rows] == [eve, "bob", "ann"]
    assert {(row.referral.code, row.referral.program) for row in page.rows} == {
        (code, "saas-tiers")
    }
    assert len(page.rows[0].view.referrals) == 2
    assert page.rows[2].view.client.deleted_at == app.now
    assert await app.use.report_partner.clients("zzzz2345", None, 10) is None


async def test_a_client_is_read_by_any_id_or_account(app: App) -> None:
    code = await _story(app)
    account = {"account_id": "crm-1", "name": "Cid's CRM"}
    await app.client("cid", owner_account_id="acc-leo", referral_code=code, account=account)
    for shown in (
        await app.use.report_client("cid"),
        await app.use.report_client.of_account("crm-1"),
    ):
        assert shown
        view, reason = shown
        assert (view.client.shown_id, view.accounts, reason) == ("cid", 1, "self_referral")
        assert view.codes == (None,)
    ann = await app.use.report_client("ann")
    assert ann
    assert (ann[0].codes, ann[1]) == ((code,), None)
    assert ann[0].referrals[0].earns_until
    assert await app.use.report_client("nobody") is None
    assert await app.use.report_client.of_account("nothing") is None


# Pages

Next = Callable[[Cursor | None], Awaitable[Page[Any] | None]]


async def _walk(following: Next, name: Callable[[Any], object]) -> list[list[object]]:
    """Return the rows of every page, from the newest to the end."""
    pages: list[list[object]] = []
    cursor: Cursor | None = None
    while True:
        page = await following(cursor)
        assert page
        pages.append([name(row) for row in page.rows])
        if page.following is None:
            return pages
        cursor = page.following


def _flat(pages: Sequence[Sequence[object]]) -> list[object]:
    return [row for page in pages for row in page]


async def test_every_list_is_walked_to_the_end_without_gaps_or_repeats(app: App) -> None:
    code = (await app.joins("leo")).code
    # Several at the same instant: the id decides between them.
    for number in range(PAGE_SIZE + 1):
        await app.client(f"c-{number}", by="leo")
        await app.pays(f"c-{number}", "1000.00", payment=f"p-{number}")
        if number % 3 == 0:
            app.later(days=1)
    for _ in range(PAGE_SIZE + 1):
        await app.asks("leo", "50.00")
    newest_first = [f"c-{number}" for number in reversed(range(PAGE_SIZE + 1))]
    payments = [name.replace("c", "p") for name in newest_first]
    report, leo = app.use.report_partner, await app.private("leo")
    for limit in (1, 4, PAGE_SIZE + 1):
        sizes = [limit] * ((PAGE_SIZE + 1) // limit) + [(PAGE_SIZE + 1) % limit] * (limit == 4)
        clients = await _walk(
            lambda at, limit=limit: report.clients(code, at, limit),
            lambda row: row.view.client.shown_id,
        )
        assert [len(page) for page in clients] == sizes
        assert _flat(clients) == newest_first
        commissions = await _walk(
            lambda at, limit=limit: report.commissions(code, at, limit), lambda row: row.payment_id
        )
        assert _flat(commissions) == payments
        asked = await _walk(
            lambda at, limit=limit: report.payouts(code, at, limit), lambda row: row.payout.id
        )
        assert _flat(asked) == sorted(_flat(asked), reverse=True)
        assert len(_flat(asked)) == PAGE_SIZE + 1
    referrals = await _walk(
        lambda at: app.use.list_referrals(leo, at), lambda row: row.client_name.lower()
    )
    assert [len(page) for page in referrals] == [PAGE_SIZE, 1]
    assert _flat(referrals) == newest_first
    paid = await _walk(
        lambda at: app.use.list_payments(leo, at), lambda row: row.client_name.lower()
    )
    assert _flat(paid) == newest_first
    own = await _walk(lambda at: app.use.list_payouts(leo, at), lambda row: row.payout.id)
    assert _flat(own) == _flat(asked)
    owner = await app.owner()
    queue = await _walk(lambda at: app.use.list_payout_queue(owner, at), lambda row: row.payout.id)
    assert _flat(queue) == _flat(asked)[::-1]


async def test_what_comes_meanwhile_shifts_no_page(app: App) -> None:
    code = (await app.joins("leo")).code
    for number in range(4):
        await app.client(f"c-{number}", by="leo")
    first = await app.use.report_partner.clients(code, None, 2)
    assert first
    app.later(days=1)
    await app.client("newer", by="leo")
    second = await app.use.report_partner.clients(code, first.following, 2)
    assert second
    assert [row.view.client.shown_id for row in second.rows] == ["c-1", "c-0"]


async def test_a_partner_sees_what_each_payment_earned_and_why_not(app: App) -> None:
    await _story(app)
    account = {"account_id": "crm-1", "name": "Shop", "client_id": "ann"}
    await app.reports("account.created", created_at=text_of(app.now), **account)
    await app.reports("client.deleted", client_id="ann", deleted_at=text_of(app.now))
    await app.pays("ann", "40.00", payment="p-4", account_id="crm-1")
    rows = (await app.use.list_payments(await app.private("leo"))).rows
    told = [
        (
            row.client_name,
            row.account_name,
            row.minor,
            row.refunded,
            row.commission_minor,
            row.reason,
        )
        for row in rows
    ]
    assert told == [
        ("Ann", "Shop", 4000, 0, 0, "client_deleted"),
        ("Bob", None, 10000, 0, 1000, None),
        ("Bob", None, 50000, 10000, 4000, None),
        ("Ann", None, 60000, 0, 6000, None),
    ]
    assert rows[0].commission_currency is None
    ann = (await app.use.list_referrals(await app.private("leo"))).rows[1]
    assert (ann.client_name, ann.accounts, ann.deleted_at) == ("Ann", 1, app.now)


async def test_the_books_are_audited_from_the_chat(app: App) -> None:
    await _story(app)
    assert await app.use.audit_books(await app.owner()) == []
    async with app.engines.writes.begin() as connection:
        await connection.exec_driver_sql("UPDATE enrolments SET paying_clients = 9")
    findings = await app.use.audit_books(await app.owner())
    async with app.engines.writes.begin() as connection:
        await connection.exec_driver_sql("UPDATE enrolments SET paying_clients = 2")
    assert [finding.check for finding in findings] == ["paying_clients"]
    assert (findings[0].expected[-1], findings[0].found[-1]) == ("2", "9")
