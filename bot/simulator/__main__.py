"""Run the simulator alone: ``python -m bot.simulator --port 8081``."""

import argparse
import asyncio
import logging
from contextlib import suppress

from bot.simulator.server import Simulator

DEFAULT_PORT = 8081
log = logging.getLogger("bot.simulator")


async def serve(options: argparse.Namespace) -> None:
    """Listen until interrupted."""
    simulator = Simulator(
        token=options.token,
        username=options.username,
        name=options.name,
        flood_limits=options.flood_limits,
    )
    await simulator.start(host=options.host, port=options.port)
    log.info("simulator listens on %s", simulator.url)
    try:
        await asyncio.Event().wait()
    finally:
        await simulator.stop()


def main() -> None:
    """Read the command line and serve."""
    parser = argparse.ArgumentParser(prog="python -m bot.simulator", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=DEFAULT_PORT)
    parser.add_argument("--token", default="123456:TEST")
    parser.add_argument("--username", default="SamplePartnerBot")
    parser.add_argument("--name", default="Partner Bot")
    parser.add_argument("--flood-limits", action="store_true", help="answer 429 to floods")
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(message)s")
    with suppress(KeyboardInterrupt):
        asyncio.run(serve(parser.parse_args()))


if __name__ == "__main__":
    main()
