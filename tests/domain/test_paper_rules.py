"""What may be handed in: by content, whole, one thing, and nothing that runs."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.entities.paper import PAPER_BYTES_MAX, MediaType, PaperTrouble
from domain.rules.papers import judge
from tests.domain.paper_files import chunk, heic, jpeg_of, packed, pdf, picture, png, zipped

JPEG, PNG = picture("JPEG"), picture("PNG")
LARGE = picture("JPEG", (900, 700))
MZ = b"MZ\x90\0" + b"\0" * 60 + b"This program cannot be run in DOS mode"
BOMB = b"1 0 " + b" " * 65 * 1024 * 1024
ACTION = b"<</S/JavaScript/JS(app.alert(1))>>"

GOOD = {
    "a page": (pdf(), MediaType.PDF),
    "a page of a real program": (picture("PDF"), MediaType.PDF),
    "packed objects": (pdf(packed(b"4 0 <</Type/Font>>")), MediaType.PDF),
    "blanks around a PDF": (b"\xef\xbb\xbf\n" + pdf(tail=b"\r\n\0\0"), MediaType.PDF),
    "a word of JavaScript": (pdf(b"(On JavaScript and Launch)"), MediaType.PDF),
    "a photo": (JPEG, MediaType.JPEG),
    "a large photo": (LARGE, MediaType.JPEG),
    "a photo with a second one behind": (JPEG + JPEG, MediaType.JPEG),
    "a photo with notes of the phone": (JPEG + b"\0\0notesSEFT", MediaType.JPEG),
    "a photo that moves": (JPEG + b"\0\0\0\x18ftypmp42" + b"v" * 90, MediaType.JPEG),
    "a screen shot": (PNG, MediaType.PNG),
    "a photo of an iPhone": (heic(), MediaType.HEIC),
}
BAD = {
    "nothing": (b"", PaperTrouble.EMPTY),
    "zeros": (b"\0" * 999, PaperTrouble.EMPTY),
    "too much": (b"%PDF-1.7" + b" " * PAPER_BYTES_MAX, PaperTrouble.TOO_BIG),
    "a program": (MZ, PaperTrouble.PROGRAM),
    "a program of Linux": (b"\x7fELF\2\1\1" + b"\0" * 90, PaperTrouble.PROGRAM),
    "a script": (b"#!/bin/sh\nrm -rf /\n", PaperTrouble.PROGRAM),
    "an archive": (zipped(), PaperTrouble.ARCHIVE),
    "an empty archive": (b"PK\x05\x06" + b"\0" * 18, PaperTrouble.ARCHIVE),
    "a document of old Office": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", PaperTrouble.ARCHIVE),
    "packed zeros": (b"\x1f\x8b\x08" + b"\0" * 90, PaperTrouble.ARCHIVE),
    "a web page": (b"\n <!DOCTYPE html><script>1</script>", PaperTrouble.WEB_PAGE),
    "a drawing that runs": (b"<svg onload='alert(1)'/>", PaperTrouble.WEB_PAGE),
    "text": (b"passport of", PaperTrouble.UNKNOWN),
    "a film": (heic(brand=b"mp42"), PaperTrouble.UNKNOWN),
    "a GIF": (picture("GIF"), PaperTrouble.UNKNOWN),
    "half a PDF": (pdf()[:-40], PaperTrouble.CUT_OFF),
    "a PDF of its frame": (b"%PDF-1.7\nstartxref\n1\n%%EOF", PaperTrouble.CUT_OFF),
    "a PDF that starts nowhere": (
        pdf().replace(b"startxref\n", b"startxref\n9"),
        PaperTrouble.CUT_OFF,
    ),
    "packed objects, broken": (
        pdf(b"<</Type/ObjStm/Filter/FlateDecode>>stream\nnot packed\nendstream"),
        PaperTrouble.CUT_OFF,
    ),
    "a locked PDF": (pdf(b"<</Encrypt 9 0 R>>"), PaperTrouble.LOCKED),
    "a locked PDF in place": (pdf(b"<</#45ncrypt<</V 4>>>>"), PaperTrouble.LOCKED),
    "a PDF with a script": (pdf(ACTION), PaperTrouble.ACTIVE),
    "a script in disguise": (pdf(ACTION.replace(b"Java", b"J#61#76a")), PaperTrouble.ACTIVE),
    "a PDF that starts programs": (pdf(b"<</S /Launch/F(cmd.exe)>>"), PaperTrouble.ACTIVE),
    "a PDF with a file in it": (pdf(b"<</Type /EmbeddedFile>>"), PaperTrouble.ACTIVE),
    "a packed script": (pdf(packed(b"4 0 " + ACTION)), PaperTrouble.ACTIVE),
    "a script packed in a list of filters": (
        pdf(packed(ACTION, filters=b"[/FlateDecode]")),
        PaperTrouble.ACTIVE,
    ),
    "a script packed twice": (
        pdf(packed(b"x", filters=b"[/ASCIIHexDecode/FlateDecode]")),
        PaperTrouble.ACTIVE,
    ),
    "a script behind a predictor": (
        pdf(packed(b"x", more=b"/DecodeParms<</Predictor 12>>")),
        PaperTrouble.ACTIVE,
    ),
    "a PDF that unpacks to a flood": (pdf(packed(BOMB)), PaperTrouble.BOMB),
    "more packs than any document": (pdf(b"/ObjStm " * 20_001), PaperTrouble.BOMB),
    "a PDF behind a program": (MZ + pdf(), PaperTrouble.MIXED),
    "a PDF behind a photo's beginning": (JPEG[:60] + pdf(), PaperTrouble.MIXED),
    "a PDF with an archive behind": (pdf(tail=zipped()), PaperTrouble.MIXED),
    "a PDF with a page behind": (pdf(tail=b"<html>hello"), PaperTrouble.MIXED),
    "a photo with an archive behind": (JPEG + zipped(), PaperTrouble.MIXED),
    "a photo with a program behind": (JPEG + MZ, PaperTrouble.MIXED),
    "a photo, an archive, a remark": (JPEG + zipped()[:-2] + b"\2\0hi", PaperTrouble.MIXED),
    "a screen shot with a page behind": (PNG + b"<html>", PaperTrouble.MIXED),
    "half a photo": (LARGE[: len(LARGE) // 2], PaperTrouble.CUT_OFF),
    "a photo's beginning": (JPEG[:30], PaperTrouble.CUT_OFF),
    "a photo of nothing": (b"\xff\xd8\xff\xd9", PaperTrouble.CUT_OFF),
    "half a screen shot": (PNG[: len(PNG) // 2], PaperTrouble.CUT_OFF),
    "a screen shot with a wrong sum": (
        PNG[:-20] + bytes([PNG[-20] ^ 1]) + PNG[-19:],
        PaperTrouble.CUT_OFF,
    ),
    "a screen shot without a head": (
        PNG[:8] + chunk(b"IDAT", b"") + chunk(b"IEND", b""),
        PaperTrouble.CUT_OFF,
    ),
    "half a photo of an iPhone": (heic()[:-9], PaperTrouble.CUT_OFF),
    "boxes in boxes without end": (
        heic()[:24] + b"\0\0\0\x0cmeta\0\0\0\0" * 9,
        PaperTrouble.CUT_OFF,
    ),
    "a huge screen shot": (png(50_000, 50_000), PaperTrouble.TOO_MANY_PIXELS),
    "a long screen shot": (png(40_000, 10), PaperTrouble.TOO_MANY_PIXELS),
    "a huge photo": (jpeg_of(60_000, 60_000), PaperTrouble.TOO_MANY_PIXELS),
    "a huge photo of an iPhone": (heic(20_000, 20_000), PaperTrouble.TOO_MANY_PIXELS),
    "a photo without height": (jpeg_of(40, 0), PaperTrouble.CUT_OFF),
}


@pytest.mark.parametrize("name", GOOD)
def test_what_people_send_is_taken(name: str) -> None:
    data, media_type = GOOD[name]
    assert judge(data) is media_type


@pytest.mark.parametrize("name", BAD)
def test_what_is_no_paper_is_refused_by_name(name: str) -> None:
    data, trouble = BAD[name]
    assert judge(data) is trouble


def test_every_trouble_is_in_the_table() -> None:
    assert {trouble for _, trouble in BAD.values()} == set(PaperTrouble)


@given(st.binary(max_size=400), st.sampled_from([pdf(), JPEG, PNG, heic(), zipped(), b""]))
@settings(max_examples=300)
def test_no_bytes_make_it_stumble(junk: bytes, head: bytes) -> None:
    for data in (
        junk + head,
        head + junk,
        head[: len(junk)] + junk,
        head[: len(head) // 2] + junk,
    ):
        assert isinstance(judge(data), MediaType | PaperTrouble)


@given(st.sampled_from([pdf(), JPEG, PNG, heic()]), st.floats(0, 0.99))
def test_a_part_of_a_file_is_never_a_paper(whole: bytes, share: float) -> None:
    assert isinstance(judge(whole[: int((len(whole) - 16) * share)]), PaperTrouble)


@pytest.mark.parametrize(
    "flood",
    [
        b"1" * 8_000_000,
        b"/Encrypt " * 900_000,
        b"/ObjStm stream\n" * 500_000,
        b"1 " * 4_000_000,
        b"/" * 8_000_000,
        b"\xff\xd8\xff" * 2_000_000,
    ],
)
def test_no_file_takes_long_to_judge(flood: bytes) -> None:
    begun = time.process_time()
    for data in (pdf(flood), flood, JPEG[:2] + flood):
        assert judge(data)
    assert time.process_time() - begun < 3
