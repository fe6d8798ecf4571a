"""The list of scenarios, in the order of the table."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial

from tests.faults.ground import BOTH, POSTGRESQL, SQLITE, Ground
from tests.faults.row import Row
from tests.faults.scenarios import (
    all_jobs,
    contests,
    kills,
    migrations,
    outages,
    patience,
    power,
    replicas_at_work,
    steps,
    takeover,
    taps,
    telegram,
    together,
    two,
    unheard_commits,
)

Run = Callable[[Ground], Awaitable[Row | list[Row]]]


@dataclass(frozen=True)
class Scenario:
    """One row to be.

    Attributes:
        name: By which it is chosen.
        about: What is broken.
        run: Does it.
        is_alone: If the others must be over before it begins.
        is_quiet: If it mostly waits, and takes no slot of the others.
    """

    name: str
    about: str
    run: Run
    is_alone: bool = False
    is_quiet: bool = False


SCENARIOS = [
    *(
        Scenario(f"kill {one}", "kill -9 at random moments", partial(kills.kill, database=one))
        for one in BOTH
    ),
    Scenario("steps", "kill, ENOSPC, EIO at the N-th call of the system", steps.strike_each_step),
    Scenario("power", "what was not synced is gone", power.power_cut),
    Scenario(
        "locked",
        "another process holds SQLite's lock",
        patience.sqlite_is_locked,
        is_quiet=True,
    ),
    Scenario("cut", "all connections to PostgreSQL are ended", kills.cut_connections),
    Scenario(
        "unheard",
        "a commit is done and its answer is lost",
        unheard_commits.unheard,
        is_quiet=True,
    ),
    *(
        Scenario(
            f"duplicates {one}",
            "updates and events come three times, in any order",
            partial(telegram.misdelivered, database=one),
        )
        for one in BOTH
    ),
    *(
        Scenario(f"taps {one}", "one balance, many taps", partial(taps.taps, database=one))
        for one in BOTH
    ),
    Scenario(
        "races sqlite",
        "two ask for the same money, two decide about it",
        partial(contests.contests, database=SQLITE),
    ),
    Scenario(
        "replicas races",
        "the same at three processes",
        partial(contests.contests, database=POSTGRESQL),
    ),
    Scenario(
        "replicas duplicates",
        "updates and events come to three processes at once",
        replicas_at_work.duplicates,
    ),
    Scenario(
        "replicas rolling",
        "each of three processes in turn is stopped and started",
        replicas_at_work.rolling,
    ),
    Scenario(
        "replicas kills",
        "kill -9 of any of three processes, whose leases are waited for",
        replicas_at_work.kills,
    ),
    Scenario(
        "replicas takeover",
        "the one that leads, holds a lane or writes the books is killed or frozen",
        takeover.takeover,
        is_quiet=True,
    ),
    Scenario(
        "together",
        "three processes, every kind of fault side by side",
        together.together,
    ),
    Scenario(
        "replicas jobs",
        "every job rings at three processes at once",
        all_jobs.all_jobs,
    ),
    Scenario("telegram 429 chat", "a chat is banned for a while", telegram.banned_chat),
    Scenario("telegram 429 all", "the bot is banned for a while", telegram.banned_bot),
    Scenario("telegram 5xx", "Telegram has errors", telegram.errors),
    Scenario("telegram 400", "edits and answers are refused", telegram.refusals),
    Scenario("telegram hang", "calls take seconds", telegram.hangs),
    Scenario("telegram cut", "connections break before or after the call", telegram.cuts),
    Scenario(
        "telegram hang long",
        "calls take longer than they are waited for",
        patience.hangs_for_long,
        is_quiet=True,
    ),
    Scenario(
        "telegram 429 long",
        "the bot is banned for longer than a call waits",
        patience.banned_for_long,
        is_quiet=True,
    ),
    Scenario(
        "telegram limits",
        "many messages within the limits, and the leader is killed",
        patience.limits,
        is_quiet=True,
    ),
    Scenario("telegram chat upgraded", "the admin chat moves", telegram.admin_chat_upgraded),
    Scenario("telegram chat lost", "the admin chat is lost", telegram.admin_chat_lost),
    *(
        Scenario(
            f"migrate {one}",
            "kill -9 while it migrates",
            partial(migrations.killed_while_migrating, database=one),
        )
        for one in BOTH
    ),
    Scenario("smtp", "the mail server refuses everything for a while", outages.post_is_down),
    Scenario("frozen", "one of two processes stops and goes on", two.frozen),
    Scenario("clocks", "the clocks of two processes differ", two.skewed),
    Scenario(
        "restart", "PostgreSQL crashes and starts", outages.postgresql_restarts, is_alone=True
    ),
]
