"""The home of how a chart looks; the only module that imports the drawing library."""

import io
from itertools import pairwise

from babel.numbers import format_compact_decimal, format_decimal
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.ticker import FuncFormatter, MaxNLocator

from handlers.ui.chart import Chart, Panel

# 390 points of a phone's screen are 3.9 inches here, so a point of the screen is 0.72 pt of a
# font. Three pixels a point are what the sharpest phones show.
WIDTH_INCHES, DPI = 3.9, 300
HEAD_INCHES, PANEL_INCHES, FOOT_INCHES = 0.66, 1.22, 0.34
PANEL_HEAD_INCHES = 0.36
LEFT, RIGHT = 0.145, 0.955
TITLE_PT, PANEL_PT, SMALL_PT = 11.5, 9.5, 8.2
INK, SOFT, GRID, PAPER = "#10243e", "#5b6b80", "#e6ebf2", "#ffffff"
COLOURS = ("#4f8ef7", "#35b38a", "#f2a541", "#9a7be8")
BARS_MAX = 62
"""More points than these are drawn as one filled line: bars would be thinner than a pixel."""
COMPACT_FROM = 10_000
GAP_PX = 14


def drawn(chart: Chart) -> bytes:
    """Return the chart as PNG."""
    height = HEAD_INCHES + len(chart.panels) * PANEL_INCHES + FOOT_INCHES
    figure = Figure(figsize=(WIDTH_INCHES, height), dpi=DPI, facecolor=PAPER)
    FigureCanvasAgg(figure)
    _write(figure, 0.045, 1 - 0.14 / height, chart.title, size=TITLE_PT, weight="bold")
    _write(figure, 0.045, 1 - 0.38 / height, chart.subtitle, size=SMALL_PT, colour=SOFT)
    for place, panel in enumerate(chart.panels):
        top = height - HEAD_INCHES - place * PANEL_INCHES
        bottom = top - PANEL_INCHES
        body = (PANEL_INCHES - PANEL_HEAD_INCHES - 0.14) / height
        axes = figure.add_axes((LEFT, (bottom + 0.14) / height, RIGHT - LEFT, body))
        total = _write(
            figure, RIGHT, (top - 0.04) / height, panel.total, size=PANEL_PT, at="right"
        )
        _write(
            figure,
            0.045,
            (top - 0.04) / height,
            panel.title,
            size=PANEL_PT,
            weight="bold",
            until=_left_of(total),
        )
        _draw_panel(axes, panel, chart, COLOURS[place % len(COLOURS)])
        is_last = place == len(chart.panels) - 1
        _label_points(axes, chart.labels if is_last else ())
    out = io.BytesIO()
    figure.savefig(out, format="png", dpi=DPI)
    return out.getvalue()


def _write(  # noqa: PLR0913 - a text has this many traits
    figure: Figure,
    x: float,
    y: float,
    text: str,
    *,
    size: float,
    weight: str = "normal",
    colour: str = INK,
    at: str = "left",
    until: float = RIGHT,
) -> Text:
    """Write one line, cut where it would leave its room."""
    shown = " ".join(text.split())
    written = figure.text(
        x, y, shown, fontsize=size, fontweight=weight, color=colour, ha=at, va="top"
    )
    written.set_parse_math(False)
    room = (until - x if at == "left" else 0.6) * WIDTH_INCHES * DPI
    _cut(written, shown, room)
    return written


def _cut(written: Text, text: str, room: float) -> None:
    while len(text) > 1 and _width(written) > room:
        text = text[:-1].rstrip()
        written.set_text(f"{text}…")


def _width(written: Text) -> float:
    return float(written.get_window_extent().width)


def _left_of(written: Text) -> float:
    return float(written.get_window_extent().x0) / (WIDTH_INCHES * DPI) - 0.02


def _draw_panel(axes: Axes, panel: Panel, chart: Chart, colour: str) -> None:
    many, values = len(panel.values), panel.values
    places = range(many)
    if many <= BARS_MAX:
        axes.bar(places, values, width=0.72, color=colour, zorder=2)
    else:
        axes.fill_between(places, values, color=colour, alpha=0.35, linewidth=0, zorder=2)
        axes.plot(places, values, color=colour, linewidth=1.1, zorder=3)
    # One point, or a few, stand as narrow bars and not as a wall.
    margin = max(0.6, (7 - many) / 2)
    axes.set_xlim(-margin, many - 1 + margin)
    lowest, highest = min(0.0, *values), max(0.0, *values)
    if lowest == highest:
        axes.set_ylim(0, 1)
        axes.set_yticks([0])
        axes.text(
            0.5,
            0.5,
            chart.empty,
            transform=axes.transAxes,
            ha="center",
            va="center",
            fontsize=SMALL_PT,
            color=SOFT,
        )
    else:
        room = (highest - lowest) * 0.1
        axes.set_ylim(lowest - (room if lowest < 0 else 0), highest + room)
        axes.yaxis.set_major_locator(MaxNLocator(3, integer=panel.is_whole, min_n_ticks=1))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda y, _: _number(y, chart.language)))
    axes.axhline(0, color="#c3ccd8", linewidth=0.7, zorder=1)
    axes.grid(axis="y", color=GRID, linewidth=0.7, zorder=0)
    axes.tick_params(axis="y", length=0, labelsize=SMALL_PT, labelcolor=SOFT, pad=2)
    for side in ("top", "right", "left", "bottom"):
        axes.spines[side].set_visible(False)


def _number(value: float, language: str) -> str:
    if abs(value) >= COMPACT_FROM:
        return str(format_compact_decimal(value, locale=language, fraction_digits=1))
    return str(format_decimal(round(value, 2), locale=language))


def _label_points(axes: Axes, labels: tuple[str, ...]) -> None:
    """Write as many labels as fit, evenly, the newest always among them."""
    axes.tick_params(axis="x", length=0, labelsize=SMALL_PT, labelcolor=SOFT, pad=3)
    if not labels:
        axes.set_xticks([])
        return
    longest = max(labels, key=len)
    axes.set_xticks([0], [longest])
    label = axes.get_xticklabels()[0]
    label.set_fontsize(SMALL_PT)
    each = _width(label) + GAP_PX
    room = (RIGHT - LEFT) * WIDTH_INCHES * DPI
    points = axes.get_xlim()[1] - axes.get_xlim()[0]
    step = max(1, -(-int(each * points) // int(room)))
    chosen = [place for place in range(len(labels)) if (len(labels) - 1 - place) % step == 0]
    written = [labels[place] for place in chosen]
    _write_points(axes, chosen, written)
    boxes = [tick.get_window_extent() for tick in axes.get_xticklabels()]
    for place, (earlier, later) in enumerate(pairwise(boxes)):
        if earlier.x1 + GAP_PX > later.x0:
            written[place] = ""
    _write_points(axes, chosen, written)


def _write_points(axes: Axes, places: list[int], labels: list[str]) -> None:
    """Write labels under the bars; the outer ones move inside the picture."""
    axes.set_xticks(places, labels)
    ticks = axes.get_xticklabels()
    for tick in ticks:
        tick.set_parse_math(False)
    if ticks[0].get_window_extent().x0 < 0:
        ticks[0].set_horizontalalignment("left")
    if ticks[-1].get_window_extent().x1 > WIDTH_INCHES * DPI:
        ticks[-1].set_horizontalalignment("right")
