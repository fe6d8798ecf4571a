"""The home of the configuration record: what an operator may set, and what holds otherwise."""

from dataclasses import dataclass, field
from decimal import Decimal
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path
from zoneinfo import ZoneInfo

from domain.entities.partner import LegalForm
from domain.entities.requisites import FIELDS, Country, Details

Network = IPv4Network | IPv6Network


@dataclass(frozen=True, slots=True, kw_only=True)
class TelegramConfig:
    """How the bot speaks to Telegram.

    Attributes:
        token: From BotFather, or read from the file ``token_file``.
        token_file: Where the token was read from, if it was.
        api_base_url: Telegram, a local Bot API server or a simulator; no slash at the end.
        mode: ``polling`` or ``webhook``.
        webhook_secret: What Telegram repeats in a header of each webhook call: the first one is
            told to it, any one is believed; empty when polling.
        chat_limits: Of its own accord the bot writes into one chat no more than Telegram allows.
    """

    token: str = field(repr=False)
    token_file: Path | None = None
    api_base_url: str = "https://api.telegram.org"
    mode: str = "polling"
    webhook_secret: tuple[str, ...] = field(default=(), repr=False)
    chat_limits: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class LogConfig:
    """What the process says of its work, on the standard error.

    Attributes:
        form: ``text`` for people or ``json`` for machines.
        level: ``debug``, ``info``, ``warning`` or ``error``.
    """

    form: str = "text"
    level: str = "info"


@dataclass(frozen=True, slots=True, kw_only=True)
class WebConfig:
    """The HTTP server.

    Attributes:
        host: Address to listen on.
        port: Port to listen on; 0 takes a free one.
        public_url: How the world reaches the server; no slash at the end.
        trusted_proxies: Whose ``X-Forwarded-For`` is believed.
    """

    host: str = "127.0.0.1"
    port: int = 8080
    public_url: str = "http://127.0.0.1:8080"
    trusted_proxies: tuple[Network, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DatabaseConfig:
    """Where everything is kept; an SQLite path is relative to the current folder."""

    url: str = field(default="sqlite+aiosqlite:///data/partner-bot.db", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffConfig:
    """The vendor's people.

    Attributes:
        chat_id: The admin chat; ``None`` until an owner sends /here in it.
        owners: Telegram user ids of the owners.
        second_person_above: Money above this, in the program's currency, needs a second person;
            ``None`` means never.
    """

    chat_id: int | None = None
    owners: tuple[int, ...] = ()
    second_person_above: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgramsConfig:
    """Which programs run.

    Attributes:
        active: Names of presets or paths of TOML files, relative to the config file.
        landing_url: Where ``/r/CODE`` leads; "" means that links go to Telegram only.
        logo: Picture for QR codes and certificates.
        front: Key of the program whose rules a newcomer reads at once; "" lists all of them.
    """

    active: tuple[str, ...] = ("saas-tiers",)
    landing_url: str = ""
    logo: Path | None = None
    front: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentsConfig:
    """Where encrypted documents are kept, relative to the current folder, and how long."""

    folder: Path = Path("data/documents")
    retention_days: int = 1095


@dataclass(frozen=True, slots=True, kw_only=True)
class PrivacyConfig:
    """Whether partners see clients with masked names and contacts."""

    mask_clients: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BillingConfig:
    """The vendor's billing.

    Attributes:
        secret: Secrets of which one must have signed an event; empty = events are refused.
        outbound_url: Where the vendor wants its webhooks; "" = nowhere.
        outbound_secret: What signs them: with each of several, while one replaces another.
    """

    secret: tuple[str, ...] = field(default=(), repr=False)
    outbound_url: str = field(default="", repr=False)
    outbound_secret: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiConfig:
    """Bearer tokens of the read routes; empty = the routes are closed."""

    tokens: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class EmailConfig:
    """The mail server, with its password, and the sender; empty = no e-mail."""

    smtp_url: str = field(default="", repr=False)
    sender: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RemindersConfig:
    """When people are reminded; 0 switches a reminder off.

    Attributes:
        referral_ends_days: Days before a client's months of earning end.
        form_hours: Hours after a form was left unfinished.
    """

    referral_ends_days: int = 14
    form_hours: int = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class LocaleConfig:
    """The language of people whose own is not known, and the time zone of statements."""

    default: str = "en"
    timezone: ZoneInfo = field(default_factory=lambda: ZoneInfo("UTC"))


@dataclass(frozen=True, slots=True, kw_only=True)
class VendorConfig:
    """The vendor's requisites on documents; which of them are asked depends on the country."""

    country: Country = Country.RU
    legal_form: LegalForm = LegalForm.LEGAL_ENTITY
    name: str = ""
    inn: str = ""
    kpp: str = ""
    ogrn: str = ""
    ogrnip: str = ""
    eik: str = ""
    egn: str = ""
    vat: str = ""
    edrpou: str = ""
    rnokpp: str = ""
    address: str = ""
    signatory: str = ""
    bik: str = ""
    bank: str = ""
    corr_account: str = ""
    account: str = ""
    iban: str = ""
    bic: str = ""

    @property
    def details(self) -> Details | None:
        """The requisites as documents have them, ``None`` without a name."""
        if not self.name:
            return None
        names = FIELDS[self.country, self.legal_form]
        values = {name: value for name in names if (value := getattr(self, name))}
        return Details(country=self.country, form=self.legal_form, values=values)


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """Everything that an operator decides; secrets never show in ``repr``.

    Attributes:
        base: The folder of the config file, from which program files and the logo are sought.
        source: Name of the config file, for messages.
    """

    telegram: TelegramConfig
    web: WebConfig = WebConfig()
    database: DatabaseConfig = DatabaseConfig()
    staff: StaffConfig = StaffConfig()
    programs: ProgramsConfig = ProgramsConfig()
    documents: DocumentsConfig = DocumentsConfig()
    privacy: PrivacyConfig = PrivacyConfig()
    billing: BillingConfig = BillingConfig()
    api: ApiConfig = ApiConfig()
    email: EmailConfig = EmailConfig()
    reminders: RemindersConfig = RemindersConfig()
    locale: LocaleConfig = field(default_factory=LocaleConfig)
    vendor: VendorConfig = VendorConfig()
    log: LogConfig = LogConfig()
    base: Path = Path()
    source: str = "config.toml"
