"""The rolling update never has fewer replicas than before; a version that fails changes none.

Docker is a stand-in that keeps its containers in a file: no container engine is needed.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
SCRIPT = ROOT / "deploy" / "roll.sh"
DOCKER = """#!{python}
import json, sys
from pathlib import Path
path = Path({state!r})
state = json.loads(path.read_text())
said = sys.argv[1:]
state["said"].append(" ".join(said[:4]))
running = [c for c in state["containers"] if c["running"]]
code = 0
if said[:2] == ["compose", "ps"]:
    print("\\n".join(c["id"] for c in running))
elif said[:2] == ["compose", "up"]:
    assert "--no-recreate" in said and "--no-deps" in said and "--no-build" in said
    wanted = int(said[said.index("--scale") + 1].removeprefix("bot="))
    while len(state["containers"]) < wanted:
        state["made"] += 1
        state["containers"].append({{"id": f"new{{state['made']}}", "running": True}})
elif said[:2] == ["compose", "rm"]:
    state["containers"] = running
elif said[:2] == ["compose", "run"]:
    code = state["migrate"]
elif said[0] == "exec":
    code = 0 if state["works"] or said[1].startswith("old") else 1
elif said[0] in ("stop", "rm"):
    one = next(c for c in state["containers"] if c["id"] == said[-1])
    one["running"] = False
    if said[0] == "rm":
        state["containers"].remove(one)
state["fewest"] = min(state["fewest"], sum(c["running"] for c in state["containers"]))
state["most"] = max(state["most"], sum(c["running"] for c in state["containers"]))
path.write_text(json.dumps(state))
sys.exit(code)
"""


def roll(
    folder: Path, *, works: bool = True, migrate: int = 0, stopped: int = 0
) -> dict[str, object]:
    """Replace three replicas; return how Docker stands then, with the exit code."""
    state = folder / "state.json"
    containers = [{"id": f"old{number}", "running": True} for number in range(3)]
    containers += [{"id": f"halted{number}", "running": False} for number in range(stopped)]
    state.write_text(
        json.dumps(
            {
                "containers": containers,
                "said": [],
                "made": 0,
                "works": works,
                "migrate": migrate,
                "fewest": 3,
                "most": 3,
            }
        )
    )
    docker = folder / "docker"
    docker.write_text(DOCKER.format(python=sys.executable, state=str(state)))
    docker.chmod(0o755)
    path = f"{folder}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["sh", str(SCRIPT)],
        env={"PATH": path, "READY_SECONDS": "0", "SETTLE_SECONDS": "0"},
        capture_output=True,
        text=True,
        check=False,
    )
    found: dict[str, object] = json.loads(state.read_text())
    return found | {"code": done.returncode, "told": done.stderr}


def ids(found: dict[str, object]) -> list[str]:
    """Return the containers that are there."""
    containers = found["containers"]
    assert isinstance(containers, list)
    return [container["id"] for container in containers]


def test_each_replica_is_replaced_and_one_more_runs_meanwhile(tmp_path: Path) -> None:
    found = roll(tmp_path)
    assert (found["code"], found["told"]) == (0, "")
    assert ids(found) == ["new1", "new2", "new3"]
    assert (found["fewest"], found["most"]) == (3, 4)


def test_a_version_that_does_not_get_ready_is_taken_away_again(tmp_path: Path) -> None:
    found = roll(tmp_path, works=False)
    assert found["code"] == 1
    assert "did not get ready" in str(found["told"])
    assert ids(found) == ["old0", "old1", "old2"]


def test_a_migration_that_fails_changes_no_replica(tmp_path: Path) -> None:
    found = roll(tmp_path, migrate=78)
    assert found["code"] == 78
    assert ids(found) == ["old0", "old1", "old2"]
    assert found["made"] == 0


def test_a_replica_that_was_stopped_by_hand_is_not_taken_for_a_new_one(tmp_path: Path) -> None:
    found = roll(tmp_path, stopped=1)
    assert found["code"] == 0
    assert ids(found) == ["new1", "new2", "new3"]
