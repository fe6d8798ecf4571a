"""The home of the sections of config.toml: every key that it may have, with its rule."""

from pathlib import Path

from bot.config_billing import read_billing
from bot.config_fields import (
    TELEGRAM_ID_MAX,
    amount,
    chat_id,
    database_url,
    listen_host,
    mail_sender,
    network,
    optional,
    public_url,
    smtp_url,
    time_zone,
)
from bot.config_model import (
    ApiConfig,
    Config,
    DatabaseConfig,
    DocumentsConfig,
    EmailConfig,
    LocaleConfig,
    LogConfig,
    PrivacyConfig,
    ProgramsConfig,
    RemindersConfig,
    StaffConfig,
    WebConfig,
)
from bot.config_secrets import api_token
from bot.config_telegram import read_telegram
from bot.config_vendor import read_vendor
from domain.programs.model import LANGUAGES
from domain.programs.reading import Table
from domain.programs.values import Read, Unfit, flag, integer, one_of, text, web_address

RETENTION_DAYS_MAX = 36_500
PORT_MAX = 65_535
REMINDER_DAYS_MAX = 366
FORM_HOURS_MAX = 144
"""A form that is left longer is no news to anybody."""


def read_sections(root: Table, base: Path, source: str) -> Config:
    """Return the configuration; where something is wrong, its default, and a problem kept."""
    config = Config(
        telegram=read_telegram(root.table("telegram"), base),
        web=_web(root.table("web")),
        database=_database(root.table("database")),
        staff=_staff(root.table("staff")),
        programs=_programs(root.table("programs"), base),
        documents=_documents(root.table("documents")),
        privacy=_privacy(root.table("privacy")),
        billing=read_billing(root.table("billing")),
        api=_api(root.table("api")),
        email=_email(root.table("email")),
        reminders=_reminders(root.table("reminders")),
        locale=_locale(root.table("locale")),
        vendor=read_vendor(root.table("vendor")),
        log=_log(root.table("log")),
        base=base,
        source=source,
    )
    root.close()
    return config


def _web(table: Table) -> WebConfig:
    section = WebConfig(
        host=table.take("host", listen_host, "127.0.0.1"),
        port=table.take("port", integer(0, PORT_MAX), 8080),
        public_url=table.take("public_url", public_url, "http://127.0.0.1:8080"),
        trusted_proxies=table.take_list("trusted_proxies", network),
    )
    table.close()
    return section


def _log(table: Table) -> LogConfig:
    section = LogConfig(
        form=table.take("form", one_of("text", "json"), "text"),
        level=table.take("level", one_of("debug", "info", "warning", "error"), "info"),
    )
    table.close()
    return section


def _database(table: Table) -> DatabaseConfig:
    section = DatabaseConfig(url=table.take("url", database_url, DatabaseConfig().url))
    table.close()
    return section


def _staff(table: Table) -> StaffConfig:
    section = StaffConfig(
        chat_id=table.take("chat_id", chat_id, None),
        owners=table.take_list("owners", integer(1, TELEGRAM_ID_MAX)),
        second_person_above=table.take("second_person_above", amount, None),
    )
    _no_twins(table, "owners", section.owners)
    table.close()
    return section


def _programs(table: Table, base: Path) -> ProgramsConfig:
    active = table.take_list("active", text()) if table.has("active") else ("saas-tiers",)
    if table.has("active") and table.data["active"] == []:
        table.report.add((*table.path, "active"), "names no program: at least one must run")
    section = ProgramsConfig(
        active=active or ("saas-tiers",),
        landing_url=table.take("landing_url", optional(web_address), ""),
        logo=table.take("logo", _picture(base), None),
        front=table.take("front", text(blank=True), ""),
    )
    _no_twins(table, "active", active)
    table.close()
    return section


def _no_twins(table: Table, key: str, items: tuple[object, ...]) -> None:
    for position, item in enumerate(items):
        if item in items[:position]:
            table.report.add((*table.path, key, position), f"{item!r} stands here twice")


def _picture(base: Path) -> Read[Path | None]:
    def read(value: object) -> Path | None:
        name = text(blank=True)(value)
        if not name:
            return None
        if not (base / name).is_file():
            raise Unfit(f"no file {name!r}, sought from the folder of the config")
        return base / name

    return read


def _documents(table: Table) -> DocumentsConfig:
    section = DocumentsConfig(
        folder=Path(table.take("folder", text(), "data/documents")),
        retention_days=table.take("retention_days", integer(1, RETENTION_DAYS_MAX), 1095),
    )
    table.close()
    return section


def _privacy(table: Table) -> PrivacyConfig:
    section = PrivacyConfig(mask_clients=table.take("mask_clients", flag, default=False))
    table.close()
    return section


def _api(table: Table) -> ApiConfig:
    section = ApiConfig(tokens=table.take_list("tokens", api_token))
    table.close()
    return section


def _email(table: Table) -> EmailConfig:
    section = EmailConfig(
        smtp_url=table.take("smtp_url", smtp_url, ""),
        sender=table.take("sender", mail_sender, ""),
    )
    if section.smtp_url and not section.sender and not table.report.has((*table.path, "sender")):
        table.report.add((*table.path, "sender"), "is needed with smtp_url: an e-mail address")
    table.close()
    return section


def _reminders(table: Table) -> RemindersConfig:
    usual = RemindersConfig()
    section = RemindersConfig(
        referral_ends_days=table.take(
            "referral_ends_days", integer(0, REMINDER_DAYS_MAX), usual.referral_ends_days
        ),
        form_hours=table.take("form_hours", integer(0, FORM_HOURS_MAX), usual.form_hours),
    )
    table.close()
    return section


def _locale(table: Table) -> LocaleConfig:
    section = LocaleConfig(
        default=table.take("default", one_of(*LANGUAGES), "en"),
        timezone=table.take("timezone", time_zone, LocaleConfig().timezone),
    )
    table.close()
    return section
