"""Uploads, file ids, addresses, downloads, albums."""

import io

import pytest
from PIL import Image

from bot.simulator import Fetched, MovableClock, Simulator
from bot.simulator.actors import PersonActor
from bot.simulator.client import SimulatorClient
from bot.simulator.wire import Json
from tests.simulator.support import PngMaker, Raw, Updates

PDF = Fetched(content=b"%PDF", content_type="application/pdf", file_name="a.pdf")
PAGE = Fetched(content=b"<html>", content_type="text/html", file_name="a.html")
BIG_PAGE = Fetched(content=b"x" * 2000, content_type="application/zip", file_name="a.zip")
PAGES = {"https://x.com/a.pdf": PDF, "https://x.com/": PAGE, "https://x.com/big.zip": BIG_PAGE}


async def fetch(url: str) -> Fetched | None:
    return PAGES.get(url)


@pytest.fixture
def settings() -> Json:
    return {
        "upload_max_bytes": 200_000,
        "photo_max_bytes": 60_000,
        "download_max_bytes": 50_000,
        "document_url_max_bytes": 1000,
        "fetch": fetch,
    }


async def test_a_document_comes_back_byte_for_byte(
    raw: Raw, ann: PersonActor, client: SimulatorClient
) -> None:
    content = bytes(range(256)) * 7 + b"\r\n--x\r\n\0"
    sent = await raw.upload("sendDocument", {"document": ("r é.bin", content)}, chat_id=ann.id)
    document = sent.result["document"]
    assert (document["file_name"], document["file_size"]) == ("r é.bin", len(content))
    link = (await raw("getFile", file_id=document["file_id"])).result["file_path"]
    assert await raw.download(link) == (200, content)
    assert await client.file(document["file_id"]) == content


async def test_a_photo_has_sizes_and_its_largest_is_the_upload(
    raw: Raw, ann: PersonActor, png: PngMaker
) -> None:
    content = png(1000, 500)
    sent = await raw.upload("sendPhoto", {"photo": ("a.png", content)}, chat_id=ann.id)
    sizes = sent.result["photo"]
    assert [size["width"] for size in sizes] == [90, 320, 800, 1000]
    link = (await raw("getFile", file_id=sizes[-1]["file_id"])).result["file_path"]
    assert await raw.download(link) == (200, content)


async def test_attach_links(raw: Raw, ann: PersonActor, png: PngMaker) -> None:
    parts = {"abc": ("a.png", png())}
    sent = await raw.upload("sendPhoto", parts, chat_id=ann.id, photo="attach://abc")
    assert sent.result["photo"]
    refused = await raw.upload("sendPhoto", parts, chat_id=ann.id, photo="attach://other")
    assert refused.description == "Bad Request: there is no photo in the request"
    refused = await raw("sendDocument", chat_id=ann.id)
    assert refused.description == "Bad Request: there is no document in the request"


@pytest.mark.parametrize(
    ("size", "status"), [((9960, 40), 400), ((5001, 5000), 400), ((60, 2), 400), ((40, 2), 200)]
)
async def test_photo_dimensions(
    raw: Raw, ann: PersonActor, size: tuple[int, int], status: int
) -> None:
    buffer = io.BytesIO()
    Image.new("1", size).save(buffer, "PNG")
    answer = await raw.upload("sendPhoto", {"photo": ("a.png", buffer.getvalue())}, chat_id=ann.id)
    assert answer.status == status
    if status == 400:
        assert answer.description == "Bad Request: PHOTO_INVALID_DIMENSIONS"


async def test_a_photo_must_decode(raw: Raw, ann: PersonActor, png: PngMaker) -> None:
    for content in (b"no image", png(200, 200)[:-300]):
        refused = await raw.upload("sendPhoto", {"photo": ("a.png", content)}, chat_id=ann.id)
        assert refused.description == "Bad Request: IMAGE_PROCESS_FAILED"


async def test_photo_size_and_upload_size(raw: Raw, ann: PersonActor) -> None:
    refused = await raw.upload("sendPhoto", {"photo": ("a.png", b"x" * 60_001)}, chat_id=ann.id)
    assert refused.description == (
        "Bad Request: file of size 60001 bytes is too big for a photo; "
        "the maximum size is 60000 bytes"
    )
    huge = b"x" * (200_000 + 1024 * 1024 + 1)
    refused = await raw.upload("nonsense", {"document": ("a", huge)})
    assert (refused.status, refused.description) == (413, "Request Entity Too Large")


async def test_the_defaults_are_telegrams(sim: Simulator) -> None:
    from bot.simulator import Settings

    limits = Settings()
    assert limits.photo_max_bytes == 10_485_760
    assert limits.download_max_bytes == 20_971_520
    assert limits.upload_max_bytes == 50 * 1024 * 1024
    assert (limits.photo_url_max_bytes, limits.document_url_max_bytes) == (5 << 20, 20 << 20)


async def test_getfile_refusals(raw: Raw, ann: PersonActor) -> None:
    assert (await raw("getFile")).description == "Bad Request: file_id not specified"
    sent = await raw.upload("sendDocument", {"document": ("a", b"x" * 50_001)}, chat_id=ann.id)
    refused = await raw("getFile", file_id=sent.result["document"]["file_id"])
    assert refused.description == "Bad Request: file is too big"


async def test_file_links_expire(raw: Raw, ann: PersonActor, clock: MovableClock) -> None:
    assert (await raw.download("documents/file_0.txt"))[0] == 404
    sent = await raw.upload("sendDocument", {"document": ("a.txt", b"x")}, chat_id=ann.id)
    file_id = sent.result["document"]["file_id"]
    link = (await raw("getFile", file_id=file_id)).result["file_path"]
    clock.advance(3599)
    assert (await raw.download(link))[0] == 200
    clock.advance(2)
    assert (await raw.download(link))[0] == 404


async def test_file_ids_are_sent_again_but_keep_their_kind(
    raw: Raw, ann: PersonActor, png: PngMaker
) -> None:
    sent = await raw.upload("sendPhoto", {"photo": ("a.png", png())}, chat_id=ann.id)
    file_id = sent.result["photo"][-1]["file_id"]
    again = await raw("sendPhoto", chat_id=ann.id, photo=file_id)
    assert again.result["photo"] == sent.result["photo"]
    refused = await raw("sendDocument", chat_id=ann.id, document=file_id)
    assert refused.description == "Bad Request: can't use file of type Photo as Document"


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("rub bish", "wrong remote file identifier specified: Wrong character in the string"),
        ("short", "wrong remote file identifier specified: Wrong string length"),
        ("x" * 40, "wrong remote file identifier specified: can't unserialize it"),
        ("AgACAgIAAxkB" + "x" * 40, "wrong file_id or the file is temporarily unavailable"),
        ("ftp://x.com/a.jpg", "wrong file identifier/HTTP URL specified"),
        ("https://nowhere.example/a.jpg", "failed to get HTTP URL content"),
        ("https://x.com/", "wrong type of the web page content"),
        ("https://x.com/big.zip", "failed to get HTTP URL content"),
    ],
)
async def test_wrong_file_words(raw: Raw, ann: PersonActor, words: str, reason: str) -> None:
    refused = await raw("sendDocument", chat_id=ann.id, document=words)
    assert refused.description == f"Bad Request: {reason}"


async def test_documents_by_address(raw: Raw, ann: PersonActor) -> None:
    sent = await raw("sendDocument", chat_id=ann.id, document="https://x.com/a.pdf")
    assert sent.result["document"]["file_name"] == "a.pdf"


async def test_thumbnails(raw: Raw, ann: PersonActor, png: PngMaker) -> None:
    small, large = io.BytesIO(), io.BytesIO()
    Image.new("RGB", (100, 100)).save(small, "JPEG")
    Image.new("RGB", (400, 400)).save(large, "JPEG")
    for content, kept in ((small.getvalue(), True), (large.getvalue(), False), (png(), False)):
        parts = {"document": ("a.txt", b"x"), "t": ("t.jpg", content)}
        sent = await raw.upload("sendDocument", parts, chat_id=ann.id, thumbnail="attach://t")
        assert ("thumbnail" in sent.result["document"]) is kept


def album(*kinds: str) -> list[Json]:
    return [{"type": kind, "media": f"attach://f{n}"} for n, kind in enumerate(kinds)]


async def test_albums(raw: Raw, ann: PersonActor, png: PngMaker) -> None:
    parts = {f"f{n}": ("a.png", png(color=color)) for n, color in enumerate(["red", "blue"])}
    sent = (
        await raw.upload("sendMediaGroup", parts, chat_id=ann.id, media=album("photo", "photo"))
    ).result
    assert len({message["media_group_id"] for message in sent}) == 1
    single = await raw.upload("sendMediaGroup", parts, chat_id=ann.id, media=album("photo"))
    assert "media_group_id" not in single.result[0]
    mixed = album("photo", "document")
    refused = await raw.upload("sendMediaGroup", parts, chat_id=ann.id, media=mixed)
    assert "can't be mixed" in refused.description
    eleven = await raw("sendMediaGroup", chat_id=ann.id, media=album(*["photo"] * 11))
    assert eleven.description == "Bad Request: too many messages to send as an album"
    missing = await raw("sendMediaGroup", chat_id=ann.id, media=album("photo"))
    assert missing.description == "Bad Request: there is no photo in the request"


async def test_people_send_files(
    raw: Raw, ann: PersonActor, updates: Updates, png: PngMaker
) -> None:
    await updates()
    await ann.attaches(b"1,2\n", "claims.csv", caption="here")
    await ann.attaches(png(), "a.png", "photo")
    document, photo = [update["message"] for update in await updates()]
    assert (document["document"]["file_name"], document["caption"]) == ("claims.csv", "here")
    link = (await raw("getFile", file_id=document["document"]["file_id"])).result["file_path"]
    assert await raw.download(link) == (200, b"1,2\n")
    assert photo["photo"]
