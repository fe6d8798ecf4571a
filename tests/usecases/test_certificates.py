"""Certificates: issued to active partners, verified by anybody, never stale (R43)."""

import pytest
from sqlalchemy import select

from domain.entities.certificate import CertificateStatus
from domain.entities.partner import EnrolmentStatus
from domain.rules.certificates import CertificateStopped, NoCertificates
from storage.tables import certificates
from tests.domain.builders import saas_tiers, written
from tests.usecases.app import App

CERTIFIED = written(
    """
    [program]
    key = "certified"
    currency = "USD"
    [tiers]
    levels = [{ key = "one", from = 1 }]
    [commission]
    rates = [{ rate = "10%" }]
    [payout]
    minimum = "1.00"
    [certificate]
    issued = true
    """
)


async def _issued(app: App, name: str = "leo") -> str:
    return (await app.use.issue_certificate(await app.private(name))).certificate.number


async def _status(app: App, number: str) -> CertificateStatus | None:
    found = await app.use.verify_certificate(number)
    return found.status if found else None


async def test_a_certificate_is_the_same_until_name_or_tier_changes(app: App) -> None:
    app.offers(CERTIFIED)
    await app.joins("leo", "certified")
    await app.becomes_member("max", of="leo")
    first = await _issued(app)
    assert await _issued(app, "max") == first
    found = await app.use.verify_certificate(first.lower().replace("-", " "))
    assert found
    assert (found.status, found.name, found.tier) == (CertificateStatus.VALID, "Leo", None)

    await app.earns("leo", "10.00", "certified")
    assert await _status(app, first) is CertificateStatus.REPLACED
    second = await _issued(app)
    assert (await _status(app, first), await _status(app, second)) == (
        CertificateStatus.REPLACED,
        CertificateStatus.VALID,
    )
    await app.use.rename_partner(await app.private("leo"), "Leo & Co")
    third = await _issued(app)
    assert len({first, second, third}) == 3
    assert await _status(app, second) is CertificateStatus.REPLACED
    async with app.engines.reads.connect() as connection:
        rows = (await connection.execute(select(certificates.c.replaced_at))).scalars().all()
    assert sum(at is None for at in rows) == 1


async def test_it_is_revoked_while_the_partner_does_not_take_part(app: App) -> None:
    app.offers(CERTIFIED)
    await app.joins("leo", "certified")
    number = await _issued(app)

    for status in (EnrolmentStatus.SUSPENDED, EnrolmentStatus.ENDED):
        await app.sets_status("leo", status)
        found = await app.use.verify_certificate(number)
        assert found
        assert (found.status, found.name) == (CertificateStatus.REVOKED, "")
        with pytest.raises(CertificateStopped):
            await _issued(app)
    await app.sets_status("leo", EnrolmentStatus.ACTIVE)
    assert await _status(app, number) is CertificateStatus.VALID
    assert await _issued(app) == number


async def test_who_is_erased_leaves_no_name_behind(app: App) -> None:
    app.offers(CERTIFIED)
    await app.joins("leo", "certified")
    number = await _issued(app)

    await app.use.leave_partner(await app.private("leo"))

    assert await _status(app, number) is CertificateStatus.REVOKED
    async with app.engines.reads.connect() as connection:
        assert (await connection.execute(select(certificates.c.name))).scalars().all() == [""]


async def test_a_program_that_issues_none_says_so(app: App) -> None:
    app.offers(saas_tiers())
    await app.joins("leo")
    with pytest.raises(NoCertificates):
        await _issued(app)
    assert await app.use.verify_certificate("nonsense") is None
    assert await app.use.verify_certificate("0000-0000-0000") is None
