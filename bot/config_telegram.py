"""The home of the section [telegram]; the token may also come from a file."""

from pathlib import Path

from bot.config_fields import optional, service_url
from bot.config_model import TelegramConfig
from bot.config_secrets import bot_token, several, webhook_secret
from domain.programs.reading import Spoken, Table
from domain.programs.values import Unfit, flag, one_of, text


def read_telegram(table: Table, base: Path) -> TelegramConfig:
    """Return the section with the token, wherever it is written."""
    file = table.take("token_file", optional(text()), "")
    token = _token_of(table, base, file)
    section = TelegramConfig(
        token=token,
        token_file=base / file if file else None,
        api_base_url=table.take("api_base_url", service_url, "https://api.telegram.org"),
        mode=table.take("mode", one_of("polling", "webhook"), "polling"),
        webhook_secret=several(table, "webhook_secret", webhook_secret),
        chat_limits=table.take("chat_limits", flag, default=True),
    )
    table.close()
    return section


def _token_of(table: Table, base: Path, file: str) -> str:
    """Return the token; of token and token_file the one from the environment goes first."""
    spoken = isinstance(table.data.get("token"), Spoken)
    spoken_file = isinstance(table.data.get("token_file"), Spoken)
    if not file or (spoken and not spoken_file):
        return table.need("token", bot_token, "", what="the token that @BotFather gave you")
    if table.has("token") and table.data["token"] and spoken == spoken_file:
        table.report.add((*table.path, "token_file"), "give either token or token_file, not both")
        return ""
    try:
        written = (base / file).read_text(encoding="utf-8")
        return bot_token(written)
    except (OSError, ValueError) as error:
        reason = f"the token in it {error}" if isinstance(error, Unfit) else "cannot be read"
        table.report.add((*table.path, "token_file"), f"{file}: {reason}")
        return ""
