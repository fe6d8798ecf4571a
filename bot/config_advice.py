"""The home of advice on a configuration: what does not go together, samples, and warnings."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from bot.config_fields import is_loopback
from bot.config_model import Config
from bot.config_secret_advice import secret_warnings
from bot.config_secrets import SAMPLE_API_TOKEN, SAMPLE_TOKEN
from domain.programs.problems import Path, Report

TELEGRAM_HOST = "api.telegram.org"
TELEGRAM_PORTS = (443, 80, 88, 8443)
"""Telegram delivers webhooks to these ports only; a local Bot API server to any."""

Advice = Iterator[tuple[Path, str]]


def mode_problems(config: Config, report: Report) -> Advice:
    """Yield what the webhook mode lacks."""
    if config.telegram.mode != "webhook":
        return
    path: Path = ("telegram", "webhook_secret")
    if not config.telegram.webhook_secret and not report.has(path):
        yield path, "is needed in webhook mode: 16 or more of Latin letters, digits, - and _"
    path = ("web", "public_url")
    url = urlsplit(config.web.public_url)
    if report.has(path) or is_loopback(config.web.public_url):
        return
    if url.scheme != "https":
        yield path, "must begin with https:// in webhook mode"
        return
    telegram = urlsplit(config.telegram.api_base_url).hostname == TELEGRAM_HOST
    if telegram and (url.port or 443) not in TELEGRAM_PORTS:
        ports = ", ".join(map(str, TELEGRAM_PORTS))
        yield path, f"port {url.port}: Telegram calls webhooks on ports {ports} only"


def samples_in(config: Config) -> Advice:
    """Yield the secrets that are still those of config.example.toml."""
    if config.telegram.token == SAMPLE_TOKEN:
        yield ("telegram", "token"), "is the sample: put the token that @BotFather gave you"
    for position, token in enumerate(config.api.tokens):
        if token == SAMPLE_API_TOKEN:
            yield (
                ("api", "tokens", position),
                "is the sample: put a random token of 16 or more characters, or empty the list",
            )


def warnings_for(config: Config) -> Advice:
    """Yield what works and may still surprise."""
    yield from _money_warnings(config)
    yield from secret_warnings(config)
    yield from _address_warnings(config)
    if not config.staff.owners:
        yield ("staff", "owners"), "is empty: nobody can send /here or let staff in"
    if config.staff.chat_id is None:
        yield ("staff", "chat_id"), "is not set: an owner sends /here in the admin chat"
    if not config.email.smtp_url:
        yield ("email", "smtp_url"), "is empty: nothing is sent by e-mail"


def _money_warnings(config: Config) -> Advice:
    if not config.billing.secret:
        yield ("billing", "secret"), "is empty: events from billing are refused"
    if config.staff.second_person_above is None:
        yield (
            ("staff", "second_person_above"),
            "is empty: one person alone can settle a pay-out of any amount",
        )


def _address_warnings(config: Config) -> Advice:
    if not config.programs.landing_url:
        yield (
            ("programs", "landing_url"),
            "is empty: programs without one of their own have links to Telegram only",
        )
    elif urlsplit(config.programs.landing_url).hostname == "example.com":
        yield ("programs", "landing_url"), "is the sample: links lead to example.com"
    for path, url in (
        (("telegram", "api_base_url"), config.telegram.api_base_url),
        (("billing", "outbound_url"), config.billing.outbound_url),
    ):
        if url.startswith("http:") and not is_loopback(url):
            yield path, "begins with http://: whoever sits on the way can read secrets"
    for position, proxy in enumerate(config.web.trusted_proxies):
        if proxy.prefixlen == 0:
            yield (
                ("web", "trusted_proxies", position),
                f"{proxy} is everybody: anyone may say from where a request comes",
            )
