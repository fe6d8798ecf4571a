"""A strict Telegram Bot API emulator with a control API and a chat page."""

from bot.simulator.clock import MovableClock
from bot.simulator.server import Simulator
from bot.simulator.settings import Fetched, Settings

__all__ = ["Fetched", "MovableClock", "Settings", "Simulator"]
