"""Charts: legible at the width of a phone, in every language, and drawn beside the bot."""

import asyncio
import io
import os
import signal
import time
from datetime import date, timedelta

import pytest
from babel.dates import format_skeleton
from PIL import Image

from handlers.ui.chart import Chart, Panel, draw
from handlers.ui.charts import Charts

WIDTH_PX = 3 * 390
WORDS = {
    "en": ("Statistics", "Visits", "Commissions", "Nothing yet"),
    "ru": ("Статистика", "Переходы", "Вознаграждение", "Пока ничего"),
    "uk": ("Статистика", "Переходи", "Винагорода", "Поки нічого"),
    "bg": ("Статистика", "Посещения", "Комисионни", "Все още нищо"),
}


def chart(
    days: int = 30, *, language: str = "en", scale: float = 1.0, title: str | None = None
) -> Chart:
    words = WORDS[language]
    last = date(2026, 11, 22)
    labels = tuple(
        format_skeleton("MMMd", last - timedelta(days=days - 1 - n), locale=language)
        for n in range(days)
    )
    return Chart(
        title=title or words[0],
        subtitle="2026",
        labels=labels,
        panels=(
            Panel(
                title=words[1],
                total="1 234",
                values=tuple(n * 7 % 13 * scale for n in range(days)),
            ),
            Panel(
                title=words[2],
                total="155,813,743,406,800.72 USD" if scale > 1 else "54.30 USD",
                values=tuple((n * 5 % 11 - 3) * 1.37 * scale for n in range(days)),
                is_whole=False,
            ),
        ),
        empty=words[3],
        language=language,
    )


def picture(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png)).convert("RGB")


def ink(image: Image.Image, box: tuple[int, int, int, int]) -> int:
    """Return how many pixels in the box are not white."""
    part = image.crop(box).convert("L")
    return sum(part.histogram()[:250])


@pytest.mark.parametrize(
    "drawn",
    [
        *(chart(language=code) for code in WORDS),
        chart(1),
        chart(2, language="uk"),
        chart(400, language="ru"),
        chart(scale=0, language="bg"),
        chart(scale=1e12, language="ru"),
        chart(12, language="ru", title="Очень длинное имя ссылки $x_1$ " * 9),
    ],
    ids=["en", "ru", "uk", "bg", "day", "two", "years", "zero", "huge", "long"],
)
def test_a_chart_stays_inside_the_picture(drawn: Chart) -> None:
    image = picture(draw(drawn))
    assert image.width == WIDTH_PX
    assert image.height < 2 * image.width
    assert ink(image, (0, 0, image.width, image.height)) > 5_000
    edges = [
        (0, 0, 6, image.height),
        (image.width - 6, 0, image.width, image.height),
        (0, 0, image.width, 6),
        (0, image.height - 6, image.width, image.height),
    ]
    assert [ink(image, edge) for edge in edges] == [0, 0, 0, 0]


def test_bars_say_more_than_nothing() -> None:
    body = (160, 260, 1_100, 550)
    assert ink(picture(draw(chart())), body) > 5 * ink(picture(draw(chart(scale=0))), body)


def test_every_panel_has_a_value_for_each_label() -> None:
    panel = Panel(title="Visits", total="1", values=(1.0,))
    with pytest.raises(ValueError, match="one value for each label"):
        Chart(title="", subtitle="", labels=("a", "b"), panels=(panel,))
    with pytest.raises(ValueError, match="needs points"):
        Chart(title="", subtitle="", labels=(), panels=())


def test_a_chart_travels_as_text() -> None:
    assert Chart.from_json(chart(language="uk").to_json()) == chart(language="uk")


async def test_charts_are_drawn_beside_and_kept() -> None:
    charts = Charts()
    try:
        ticks = 0

        async def tick() -> None:
            nonlocal ticks
            while True:
                await asyncio.sleep(0.01)
                ticks += 1

        ticking = asyncio.create_task(tick())
        first = await charts.png(chart(5))
        ticking.cancel()
        assert first is not None
        assert picture(first).width == WIDTH_PX
        assert ticks > 5
        assert charts._process is not None
        os.kill(charts._process.pid, signal.SIGKILL)
        began = time.perf_counter()
        assert await charts.png(chart(5)) == first
        assert time.perf_counter() - began < 0.05
        assert await charts.png(chart(6)) is not None
    finally:
        await charts.close()
    assert charts._process is None
