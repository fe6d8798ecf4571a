"""Conditions over any number of keys, on both databases."""

from storage.work import SqlOpenWork
from tests.storage.records import NOW, add_client, client, event, person

ODD = ['"', "'", "\\", "{a,b}", "NULL", "", " ", "Зоя", "🦊", "%", "a,b", "\u2028", "\t", "\x7f"]


async def test_any_number_of_keys(open_work: SqlOpenWork) -> None:
    async with open_work() as work:
        await add_client(work, 1)
        await add_client(work, 2**62)
        many = [*range(3, 40_000), 2**62]
        assert [row.id for row in await work.clients.by_ids(many)] == [2**62]
        texts = [f"client-{number}" for number in range(40_000)]
        assert await work.clients.ids(texts) == {"client-1": 1}
        assert await work.events.by_id_or_fact(texts, texts) == []


async def test_keys_are_texts_whatever_they_look_like(open_work: SqlOpenWork) -> None:
    async with open_work() as work:
        await work.clients.add([client(1)])
        await work.clients.add_ids(dict.fromkeys(ODD, 1))
        assert set(await work.clients.ids(ODD)) == set(ODD)
        assert await work.clients.ids(["a", "b", "null", "1"]) == {}


async def test_hostile_text_comes_back_as_it_was(open_work: SqlOpenWork) -> None:
    async with open_work() as work:
        for number, name in enumerate(ODD, 1):
            await work.people.keep(person(number, name=name), at=NOW)
            found = await work.people.get(number)
            assert found
            assert found.name == name
        await work.events.add([event(f"e{number}", data=text) for number, text in enumerate(ODD)])
        found_data = [
            (await work.reports.event(f"e{number}")).data  # type: ignore[union-attr]
            for number in range(len(ODD))
        ]
        assert found_data == ODD
