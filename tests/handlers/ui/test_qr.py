"""QR codes: the picture is large, kept, different per link, and bears the vendor's logo."""

import io
from pathlib import Path

from PIL import Image

from handlers.ui.qr import SIDE_PX, qr_png

RED = (220, 20, 60)


def _opened(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png)).convert("RGB")


async def test_a_code_is_a_large_png_with_a_quiet_edge() -> None:
    picture = _opened(await qr_png("https://t.me/SamplePartnerBot?start=r_abc"))
    assert SIDE_PX - 60 <= picture.width == picture.height <= SIDE_PX
    edge = {picture.getpixel((x, 2)) for x in range(picture.width)}
    assert edge == {(255, 255, 255)}


async def test_two_links_have_two_codes_and_one_link_the_same() -> None:
    first = await qr_png("https://t.me/SamplePartnerBot?start=r_abc")
    assert await qr_png("https://t.me/SamplePartnerBot?start=r_abd") != first
    assert await qr_png("https://t.me/SamplePartnerBot?start=r_abc") is first


async def test_the_logo_is_in_the_middle_and_covers_little(tmp_path: Path) -> None:
    logo = tmp_path / "logo.png"
    Image.new("RGB", (300, 200), RED).save(logo)
    picture = _opened(await qr_png("https://t.me/SamplePartnerBot?start=r_abc", logo))
    middle = picture.width // 2
    assert picture.getpixel((middle, middle)) == RED
    red = sum(count for count, colour in picture.getcolors(1 << 20) or [] if colour == RED)
    assert 0.01 < red / (picture.width * picture.height) < 0.06
