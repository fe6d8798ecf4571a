"""The home of drawing certificates: one page of A4 across."""

import math

from handlers.ui.printed import PrintedCertificate
from handlers.ui.printed_sheet import ACCENT, FADED, INK, SERIF, Sheet

GOLD = (176, 137, 58)
MIST = (226, 233, 243)
EDGE = 9.0
QR_SIDE = 30.0
NAME_SIZES = (40, 34, 29, 25, 21, 18)
"""Of the name: the first that lets it stand in one line."""
LOGO_WIDTH, LOGO_HEIGHT = 60.0, 18.0


def drawn_certificate(certificate: PrintedCertificate) -> bytes:
    """Return the certificate as PDF."""
    sheet = Sheet(
        landscape=True,
        title=f"{certificate.title}: {certificate.name}",
        author=certificate.author,
        language=certificate.language,
        made_at=certificate.made_at,
    )
    sheet.set_auto_page_break(auto=False)
    sheet.set_margins(0, 0, 0)
    sheet.add_page()
    _rosette(sheet)
    _frame(sheet)
    _words(sheet, certificate)
    _foot(sheet, certificate)
    sheet.mark_sample(certificate.sample)
    return sheet.finished()


def _rosette(sheet: Sheet) -> None:
    """Draw the fine lines that stand behind the words."""
    middle_x, middle_y = sheet.w / 2, sheet.h / 2 + 1
    sheet.set_draw_color(*MIST)
    sheet.set_line_width(0.12)
    for layer in range(14):
        radius = 44 + layer * 3.1
        points = []
        for step in range(361):
            angle = math.radians(step)
            wave = 5.5 * math.sin(12 * angle + layer * 0.42)
            points.append(
                (
                    middle_x + (radius + wave) * math.cos(angle) * 1.32,
                    middle_y + (radius + wave) * math.sin(angle) * 0.82,
                )
            )
        sheet.polyline(points)


def _frame(sheet: Sheet) -> None:
    width, height = sheet.w - 2 * EDGE, sheet.h - 2 * EDGE
    sheet.set_draw_color(*ACCENT)
    sheet.set_line_width(1.1)
    sheet.rect(EDGE, EDGE, width, height)
    sheet.set_draw_color(*GOLD)
    sheet.set_line_width(0.35)
    inset = EDGE + 2.6
    sheet.rect(inset, inset, sheet.w - 2 * inset, sheet.h - 2 * inset)
    far_x, far_y = sheet.w - inset, sheet.h - inset
    for x, y, right, down in (
        (inset, inset, 1, 1),
        (far_x, inset, -1, 1),
        (inset, far_y, 1, -1),
        (far_x, far_y, -1, -1),
    ):
        _corner(sheet, x, y, right, down)


def _corner(sheet: Sheet, x: float, y: float, right: int, down: int) -> None:
    """Draw the ornament of a corner, towards the middle of the page."""
    sheet.set_draw_color(*GOLD)
    for size in (13.0, 10.4, 7.8):
        sheet.bezier(
            [
                (x, y + down * size),
                (x + right * size * 0.25, y + down * size * 0.25),
                (x + right * size, y),
            ]
        )
    sheet.set_fill_color(*GOLD)
    side = 1.5
    with sheet.rotation(45, x + right * 6.4, y + down * 6.4):
        sheet.rect(x + right * 6.4 - side / 2, y + down * 6.4 - side / 2, side, side, style="F")


def _words(sheet: Sheet, certificate: PrintedCertificate) -> None:
    top = 35.0
    if certificate.logo:
        sheet.image(
            certificate.logo,
            x=(sheet.w - LOGO_WIDTH) / 2,
            y=24,
            w=LOGO_WIDTH,
            h=LOGO_HEIGHT,
            keep_aspect_ratio=True,
        )
    else:
        _centred(sheet, certificate.author.upper(), 30, 12, colour=FADED, spacing=1.2)
    _centred(
        sheet,
        certificate.title.upper(),
        top + 13,
        35,
        family=SERIF,
        bold=True,
        spacing=2.4,
        colour=ACCENT,
    )
    _rule(sheet, top + 31)
    _centred(sheet, certificate.lead, top + 37, 13, colour=FADED)
    size = next(
        (
            size
            for size in NAME_SIZES
            if sheet.width_of(certificate.name, size, family=SERIF, bold=True) <= sheet.w - 64
        ),
        NAME_SIZES[-1],
    )
    line = size * 0.42
    _centred(sheet, certificate.name, top + 49, size, family=SERIF, bold=True, height=line)
    below = sheet.get_y() + 5
    for words in certificate.body:
        _centred(sheet, words, below, 13, height=6.4)
        below = sheet.get_y() + 0.6
    if certificate.tier:
        _badge(sheet, certificate.tier, below + 3.5)


def _centred(  # noqa: PLR0913 - a line of text has so many sides
    sheet: Sheet,
    text: str,
    top: float,
    size: float,
    *,
    family: str = "sans",
    bold: bool = False,
    colour: tuple[int, int, int] = INK,
    height: float | None = None,
    spacing: float = 0,
) -> None:
    side = 30.0
    sheet.set_xy(side, top)
    sheet.set_char_spacing(spacing)
    sheet.write_in(
        text,
        size=size,
        family=family,
        is_bold=bold,
        colour=colour,
        width=sheet.w - 2 * side,
        height=height or size * 0.42,
        align="C",
    )
    sheet.set_char_spacing(0)


def _rule(sheet: Sheet, y: float) -> None:
    middle = sheet.w / 2
    sheet.set_draw_color(*GOLD)
    sheet.set_line_width(0.4)
    sheet.line(middle - 34, y, middle - 4, y)
    sheet.line(middle + 4, y, middle + 34, y)
    sheet.set_fill_color(*GOLD)
    with sheet.rotation(45, middle, y):
        sheet.rect(middle - 1.1, y - 1.1, 2.2, 2.2, style="F")


def _badge(sheet: Sheet, tier: str, top: float) -> None:
    width = sheet.width_of(tier, 13, bold=True) + 16
    left = (sheet.w - width) / 2
    sheet.set_draw_color(*GOLD)
    sheet.set_fill_color(255, 252, 244)
    sheet.set_line_width(0.5)
    sheet.rect(left, top, width, 10, style="DF", round_corners=True, corner_radius=5)
    _centred(sheet, tier, top + 2.1, 13, bold=True, colour=GOLD, height=5.8)


def _foot(sheet: Sheet, certificate: PrintedCertificate) -> None:
    bottom = sheet.h - EDGE - 11
    left = EDGE + 17
    top = bottom - 11.5 * len(certificate.facts)
    for label, value in certificate.facts:
        sheet.set_xy(left, top)
        sheet.write_in(label, size=8.5, colour=FADED, width=90, height=4)
        sheet.write_in(value, size=12.5, is_bold=True, width=90, height=5.4)
        top += 11.5
    x, y = sheet.w - EDGE - 17 - QR_SIDE, bottom - QR_SIDE
    sheet.set_fill_color(255, 255, 255)
    sheet.rect(x, y, QR_SIDE, QR_SIDE, style="F")
    sheet.qr(certificate.code, x, y, QR_SIDE)
    width = 58.0
    sheet.set_xy(x - width - 3, bottom - 12.5)
    sheet.write_in(
        certificate.code_words, size=8.5, colour=FADED, width=width, height=4, align="R"
    )
