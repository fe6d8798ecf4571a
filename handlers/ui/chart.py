"""The home of charts: figures over time as one picture that can be read on a phone.

Pure: a chart goes in, a PNG comes out. Handlers ask ``Charts`` of ``handlers/ui/charts.py``,
which draws in a process of its own and keeps what was drawn.
"""

import json
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """One figure over time, drawn as a row of bars under its name.

    Attributes:
        title: What it is, in the reader's language.
        total: The sum over all points as the reader writes it; stands beside the title.
        values: One for each label of the chart; money in major units.
        is_whole: Only whole numbers are possible, so the scale shows no fractions.
    """

    title: str
    total: str
    values: tuple[float, ...]
    is_whole: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A picture of several figures over the same points of time; equal charts are one picture.

    Attributes:
        title: What the picture is about, in the reader's language.
        subtitle: Of when it is.
        labels: Name of each point, such as ``21 Nov``; those that fit are written.
        panels: One to four figures, the first on top.
        empty: Written into a panel that has nothing but zeros.
        language: Code of the language in which numbers of the scale are written.
    """

    title: str
    subtitle: str
    labels: tuple[str, ...]
    panels: tuple[Panel, ...]
    empty: str = ""
    language: str = "en"

    def __post_init__(self) -> None:
        """Refuse a chart that cannot be drawn.

        Raises:
            ValueError: a panel has other points than the chart, or there is nothing to draw.
        """
        if not self.labels or not self.panels:
            raise ValueError("a chart needs points and panels")
        if any(len(panel.values) != len(self.labels) for panel in self.panels):
            raise ValueError("every panel has one value for each label")

    def to_json(self) -> str:
        """Return the chart as text; equal charts have equal texts."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> "Chart":
        """Return the chart that ``to_json`` wrote."""
        fields = json.loads(text)
        panels = tuple(
            Panel(**panel | {"values": tuple(panel["values"])}) for panel in fields.pop("panels")
        )
        return cls(**fields | {"labels": tuple(fields["labels"]), "panels": panels})


def draw(chart: Chart) -> bytes:
    """Return the chart as PNG.

    It takes about half a second of work: only the process that draws calls it. The drawing
    library is first imported here, so that nobody else pays for it.
    """
    from handlers.ui.chart_drawing import drawn

    return drawn(chart)
