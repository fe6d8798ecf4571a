"""Starting refuses what would go wrong later."""

from pathlib import Path

import pytest

from bot.config import load_config
from bot.run import ProgramMissing, running
from tests.journeys.world import ENVIRON, start_world

PROGRAM = Path(__file__).parents[2] / "domain" / "programs" / "presets" / "saas-tiers.toml"


async def test_a_program_with_partners_cannot_be_taken_out_of_the_config(tmp_path: Path) -> None:
    async with start_world(tmp_path) as world:
        await world.partner("Ann")
        await world.running.aclose()
        other = tmp_path / "other.toml"
        other.write_text(PROGRAM.read_text().replace('key = "saas-tiers"', 'key = "other"'))
        text = world.config_path.read_text()
        world.config_path.write_text(text.replace('["saas-tiers"]', f'["{other}"]'))
        with pytest.raises(ProgramMissing, match="saas-tiers"):
            async with running(load_config(world.config_path, {}), ENVIRON):
                raise AssertionError("it must not start")
