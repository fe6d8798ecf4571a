"""The dashboard, the alarms and the guide name only metrics that the product shows, and all."""

import json
import re
from datetime import timedelta
from pathlib import Path

import pytest
import yaml

from bot.clock import utc_now
from bot.replica import Replica
from bot.watch import Watch
from domain.entities.mail import Mail
from domain.entities.notice import STAFF_CHAT, Notice
from domain.entities.queue import QueueKind
from handlers.http.metrics import Metrics
from storage.engine import Engines
from storage.repositories.inbox import StoredUpdate
from storage.work import SqlOpenWork
from tests.journeys.world import ENVIRON, start_world

ROOT = Path(__file__).parents[2]
DASHBOARD = ROOT / "deploy" / "grafana" / "partner-bot.json"
ALERTS = ROOT / "deploy" / "prometheus" / "alerts.yaml"
GUIDE = ROOT / "docs" / "operations.md"
METRIC = re.compile(r"\b(?:partner_bot|process)_[a-z_]+\b")
SUFFIX = re.compile(r"_(?:bucket|count|sum|total|created)$")


def exposed(text: str) -> set[str]:
    """Return the names of metrics in the text format, as a query may use them."""
    return set(re.findall(r"^# TYPE (\S+)", text, re.MULTILINE))


def rules() -> list[dict[str, str]]:
    """Return the alarms."""
    return [
        rule for group in yaml.safe_load(ALERTS.read_text())["groups"] for rule in group["rules"]
    ]


async def test_each_metric_that_is_watched_is_shown(tmp_path: Path) -> None:
    assert ENVIRON
    async with start_world(tmp_path) as world:
        watch = Watch(
            world.product.engines, world.product.replica, world.product.open_work, utc_now
        )
        await watch.audit_books()
        await watch.look()
        metrics = world.product.doors.metrics
        fresh = Metrics()
        fresh.add(watch)
        names = exposed(metrics.text().decode()) | exposed(fresh.text().decode())
    panels = json.loads(DASHBOARD.read_text())["panels"]
    asked = [target["expr"] for panel in panels for target in panel["targets"]]
    asked += [rule["expr"] for rule in rules()]
    named = {name for query in asked for name in METRIC.findall(query)}
    bare = {SUFFIX.sub("", name) for name in names}
    assert {
        name for name in named if name not in names | bare and SUFFIX.sub("", name) not in bare
    } == set()
    own = {name for name in bare if name.startswith("partner_bot")}
    assert own - {SUFFIX.sub("", name) for name in named} == set(), "shown on no panel"


def test_the_guide_tells_of_each_metric_and_each_alarm() -> None:
    guide = GUIDE.read_text(encoding="utf-8")
    named = {SUFFIX.sub("", name) for name in METRIC.findall(DASHBOARD.read_text())}
    named = {name for name in named if name.startswith("partner_bot")}
    assert {name for name in named if f"`{name}" not in guide} == set()
    assert {rule["alert"] for rule in rules() if f"`{rule['alert']}`" not in guide} == set()
    kinds = re.findall(r"`partner_bot_waiting` .*", guide)
    assert kinds
    assert {kind.value for kind in QueueKind if kind.value not in guide} == set()


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule["alert"])
def test_kinds_in_alarms_are_kinds(rule: dict[str, str]) -> None:
    for wanted in re.findall(r'kind=~"([^"]+)"', rule["expr"]):
        kinds = {kind.value for kind in QueueKind}
        assert all(
            any(re.fullmatch(part, kind) for kind in kinds) for part in wanted.split("|")
        ), wanted


def test_what_is_shown_only_after_an_audit_is_missed_before_the_first_one() -> None:
    asked = {rule["expr"] for rule in rules()}
    for name in set(re.findall(r"\w+_timestamp_seconds", " ".join(asked))):
        [missing] = [query for query in asked if f"absent({name})" in query]
        assert "count(partner_bot_intake)" in missing, (
            "a leader that cannot read has its own alarm"
        )


def test_no_alarm_compares_a_figure_of_one_leader_with_that_of_another() -> None:
    moving = re.compile(r"(?:delta|increase|rate)\((\w+)")
    counted = re.compile(r"_(?:total|count|bucket|sum)$")
    for rule in rules():
        assert "delta(" not in rule["expr"]
        assert all(counted.search(name) for name in moving.findall(rule["expr"])), rule["alert"]


async def test_figures_are_what_waits_and_how_long(
    engines: Engines, open_work: SqlOpenWork
) -> None:
    now = utc_now()
    replica = Replica(engines)
    replica._set_lead(leads=True)
    async with open_work(books=False) as work:
        rows = [StoredUpdate(update_id=n, speaker="1", body="{}") for n in (1, 2, 3)]
        await work.inbox.add(rows, at=now - timedelta(seconds=40))
        await work.inbox.handled([1], at=now)
        await work.inbox.parked(2, "gave up", at=now - timedelta(seconds=20))
        owed = Notice(
            id=7,
            recipient=STAFF_CHAT,
            kind="event_parked",
            params={},
            created_at=now - timedelta(seconds=90),
        )
        mail = Mail(
            id=8,
            kind="statement",
            recipient="ann@example.com",
            language="en",
            created_at=now - timedelta(seconds=50),
        )
        await work.notices.add([owed])
        work.mails._is_wanted = True  # As where a mail server is configured.
        await work.mails.add([mail])
        await work.commit()
    watch = Watch(engines, replica, open_work, lambda: now)
    metrics = Metrics()
    metrics.add(watch)
    assert "partner_bot_intake" not in metrics.text().decode()
    await watch.audit_books()
    await watch.look()
    shown = metrics.text().decode()
    for line in (
        "partner_bot_leader 1.0",
        "partner_bot_intake 1.0",
        "partner_bot_intake_age_seconds 40.0",
        "partner_bot_updates_parked 1.0",
        "partner_bot_updates_parked_age_seconds 20.0",
        "partner_bot_outbox 1.0",
        "partner_bot_outbox_age_seconds 90.0",
        "partner_bot_mails_waiting_age_seconds 50.0",
        "partner_bot_books_differences 0.0",
        'partner_bot_waiting{kind="payouts_new"} 0.0',
    ):
        assert line in shown.splitlines(), line
    assert "\npartner_bot_books_proved_timestamp_seconds 1." in shown
    replica._set_lead(leads=False)
    await watch.look()
    assert "partner_bot_leader 0.0" in metrics.text().decode()
    assert "partner_bot_intake" not in metrics.text().decode()
