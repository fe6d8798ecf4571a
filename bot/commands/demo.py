"""The home of `python -m bot demo`: the product, a simulator and a sample world."""

import asyncio
import logging
import secrets
import signal
import socket
import tempfile
from base64 import b64encode
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.commands.demo_world import OWNER_ID, make_people, make_world
from bot.config import Config, load_config
from bot.run import running
from bot.simulator import Simulator
from bot.simulator.client import SimulatorClient
from bot.wiring import Product

HOST = "127.0.0.1"
PROGRAMS = (
    "saas-tiers",
    "hosting-matrix",
    "widget-reseller",
    "cloud-referral",
    "cloud-project",
    "lead-pool",
)
"""All presets side by side; the first is the one that a new person meets."""
PAGE_PORT = 8081
WEB_PORT = 8080
TOKEN = "100200300:DEMO-demo-DEMO-demo-DEMO-demo-DEMO"  # noqa: S105 - of the simulator only
USERNAME = "SamplePartnerBot"

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Demo:
    """A running demo.

    Attributes:
        page_url: The chat page.
        web_url: The product's HTTP side.
        config_path: The config it runs by, with the secrets of this demo.
        product: The running product.
    """

    page_url: str
    web_url: str
    config_path: Path
    product: Product


@asynccontextmanager
async def running_demo(
    folder: Path, *, page_port: int = 0, web_port: int = 0
) -> AsyncIterator[Demo]:
    """Run everything inside the block, with its data in ``folder``."""
    simulator = Simulator(token=TOKEN, username=USERNAME, name="Partner Bot")
    await simulator.start(host=HOST, port=_free_port(page_port))
    try:
        async with SimulatorClient(simulator.url) as client:
            people = await make_people(client)
            group = people.staff_chat
            config = _config(folder, simulator.url, group.id, _free_port(web_port))
            environ = {"PARTNER_BOT_DOCUMENTS_KEY": b64encode(secrets.token_bytes(32)).decode()}
            async with running(config, environ) as (product, _):
                await make_world(product, people)
                yield Demo(
                    page_url=simulator.url,
                    web_url=config.web.public_url,
                    config_path=folder / "config.toml",
                    product=product,
                )
    finally:
        await simulator.stop()


def _free_port(wanted: int) -> int:
    """Return the wanted port, or another one where it is taken."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, wanted))
        except OSError:
            probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def _config(folder: Path, api_url: str, chat_id: int, port: int) -> Config:
    """Return a configuration with fresh secrets, as a file would give it."""
    url = f"http://{HOST}:{port}"
    secret = b64encode(secrets.token_bytes(32)).decode()
    path = folder / "config.toml"
    path.write_text(
        f"""
[telegram]
chat_limits = false
token = "{TOKEN}"
api_base_url = "{api_url}"
[web]
port = {port}
public_url = "{url}"
[database]
url = "sqlite+aiosqlite:///{folder / "demo.db"}"
[staff]
chat_id = {chat_id}
owners = [{OWNER_ID}]
[programs]
active = [{", ".join(f'"{name}"' for name in PROGRAMS)}]
front = "{PROGRAMS[0]}"
landing_url = "{url}/"
[billing]
secret = "whsec_{secret}"
[api]
tokens = ["{secrets.token_urlsafe(32)}"]
"""
    )
    return load_config(path, {})


async def run_demo(*, say: Callable[[str], None] = print) -> int:
    """Run the demo until Ctrl-C; return the exit code."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    say("Starting the demo ...")
    with tempfile.TemporaryDirectory(prefix="partner-bot-demo-") as folder:
        async with running_demo(Path(folder), page_port=PAGE_PORT, web_port=WEB_PORT) as demo:
            say("")
            say(f"  Open {demo.page_url} in a browser: a Telegram simulator with sample people.")
            say(f"  The product's web side is {demo.web_url}; its config is {demo.config_path}")
            say("  Billing can report to it: python -m bot --config THAT send-event payment.json")
            say("  Ctrl-C stops it; nothing is kept.")
            say("")
            await stop.wait()
            say("Stopping.")
    return 0
