"""The public page of a certificate: in four languages, never stale, nothing personal (R43)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.entities.certificate import Certificate
from domain.rules.certificates import number_from
from handlers.http.doors import RateLimits
from tests.handlers.http.conftest import OpenWorld
from tests.handlers.http.test_http_public_pages import read
from tests.handlers.http.world import World, only_sqlite

pytestmark = only_sqlite
NUMBER = number_from(bytes(range(16)))
WORDS = {
    "en": ("The certificate is valid", "There is no such certificate"),
    "ru": ("Сертификат действителен", "Такого сертификата нет"),
    "uk": ("Сертифікат чинний", "Такого сертифіката немає"),
    "bg": ("Сертификатът е валиден", "Няма такъв сертификат"),
}


async def _certified(world: World) -> Certificate:
    """Let a partner have a certificate."""
    code = await world.joins()
    async with world.around.open_work(books=False) as work:
        found = await work.partners.by_code(code)
        assert found
        partner, enrolment = found
        certificate = Certificate(
            id=1,
            enrolment_id=enrolment.id,
            number=NUMBER,
            name=partner.name,
            tier=None,
            language="en",
            issued_at=world.clock(),
        )
        await work.certificates.add(certificate)
        await work.commit()
    return certificate


@pytest.mark.parametrize("language", WORDS)
async def test_anybody_verifies_a_number_in_its_language(world: World, language: str) -> None:
    certificate = await _certified(world)
    valid, unknown = WORDS[language]

    for path, headers in (
        (f"/certificates/{NUMBER}?lang={language}", {}),
        (f"/certificates?number={NUMBER.lower()}", {"Accept-Language": language}),
    ):
        status, text, sent = await read(world, path, **headers)
        assert (status, sent["Cache-Control"]) == (200, "no-store")
        assert f"<h1>{valid}</h1>" in text
        assert certificate.name in text
        assert NUMBER in text
    for number in ("0000-0000-0000", "nonsense", "%3Cscript%3E"):
        status, text, _ = await read(world, f"/certificates/{number}?lang={language}")
        assert status == 404
        assert f"<h1>{unknown}</h1>" in text
        assert "<script>" not in text.partition("<main")[2].partition("</main>")[0]


async def test_a_replaced_one_says_so_and_names_nobody(world: World) -> None:
    certificate = await _certified(world)
    async with world.around.open_work(books=False) as work:
        await work.certificates.replace(1, at=world.clock() + timedelta(seconds=1))
        await work.certificates.add(
            replace(certificate, id=2, number=number_from(bytes(range(1, 17))))
        )
        await work.commit()

    _, text, _ = await read(world, f"/certificates/{NUMBER}?lang=en")

    assert "The certificate is out of date" in text
    assert "<dt>Partner</dt>" not in text


async def test_without_a_number_it_is_asked_for(world: World) -> None:
    status, text, _ = await read(world, "/certificates?lang=en")

    assert status == 200
    assert "Verify a certificate" in text
    assert 'name="number"' in text


async def test_nobody_guesses_numbers_by_trying(open_world: OpenWorld) -> None:
    world = await open_world(limits=RateLimits(pages="3/minute"))

    statuses = [(await read(world, f"/certificates/{at}"))[0] for at in range(4)]

    assert statuses == [404, 404, 404, 429]
