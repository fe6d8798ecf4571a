"""A wrong configuration: every mistake is named with key, line and what is allowed."""

from pathlib import Path

import pytest

from bot.config import ConfigInvalid, load_config
from tests.bot.config_files import STRONG, TOKEN, WHSEC, line_with, problems, write

# the wrong lines, the key, a mark on the line that is named, part of the message
WRONG = [
    # names
    ("[telegrm]\nx = 1", "telegrm", "[telegrm]", "unknown key; did you mean telegram?"),
    ('[web]\nhots = "::"', "web.hots", "hots", "did you mean host? allowed: host"),
    ("[staff]\nchat = 1", "staff.chat", "chat = 1", "did you mean chat_id?"),
    ("[locale.more]\nx = 1", "locale.more", "[locale.more]", "allowed: default, timezone"),
    ("web = 8080", "web", "web", "a table is needed, this is a whole number"),
    # how it speaks to Telegram
    ('[telegram]\ntoken = ""', "telegram.token", "token", "is empty: put the token"),
    ('[telegram]\ntoken = "  "', "telegram.token", "token", "is empty: put the token"),
    ('[telegram]\ntoken = "x"', "telegram.token", "token", "is no bot token: digits, a colon"),
    ('[telegram]\ntoken = "1:x"', "telegram.token", "token", "is no bot token"),
    ('[telegram]\ntoken = "12:ключ"', "telegram.token", "token", "is no bot token"),
    ('[telegram]\ntoken = "١٢:abcd"', "telegram.token", "token", "is no bot token"),
    ('[telegram]\ntoken = "12:ab cd"', "telegram.token", "token", "is no bot token"),
    ('[telegram]\ntoken = "12:ab/../cd"', "telegram.token", "token", "is no bot token"),
    ("[telegram]\ntoken = 12", "telegram.token", "token", "text in quotes is needed"),
    ('[telegram]\nmode = "polling"', "telegram.token", "[telegram]", "is missing: the token"),
    ('[telegram]\ntoken_file = "none"', "telegram.token_file", "token_file", "cannot be read"),
    ('[telegram]\ntoken = "1:abc"\nmode = "push"', "telegram.mode", "push", "polling, webhook"),
    ('[telegram]\ntoken = "1:abc"\napi_base_url = "api"', "telegram.api_base_url", "api", "ht"),
    ('[telegram]\ntoken = "1:abc"\nwebhook_secret = "a b"', "telegram.webhook_secret", "a b",
     "1 to 256 of Latin letters"),
    ('[telegram]\ntoken = "1:abc"\nwebhook_secret = "n7Qz_4kWvT2x-Lr"', "telegram.webhook_secret",
     "webhook", "too short: 16 characters or more"),
    ('[telegram]\ntoken = "1:abc"\nmode = "webhook"', "telegram.webhook_secret", "[telegram]",
     "is needed in webhook mode"),
    # the server
    ('[web]\nhost = ""', "web.host", "host", "must not be empty"),
    ('[web]\nhost = "a b"', "web.host", "host", "an IP address or a host name"),
    ("[web]\nport = -1", "web.port", "port", "-1 is not allowed: from 0 to 65535"),
    ("[web]\nport = 65536", "web.port", "port", "65536 is not allowed: from 0 to 65535"),
    ('[web]\nport = "80"', "web.port", "port", "a whole number is needed, this is text"),
    ("[web]\nport = true", "web.port", "port", "this is true or false"),
    ('[web]\npublic_url = "bot.example.com"', "web.public_url", "public", "begins with https://"),
    ('[web]\npublic_url = "https://a.example/bot"', "web.public_url", "public", "not have a path"),
    ('[web]\npublic_url = "https://a.example/?x=1"', "web.public_url", "public", "a query"),
    ('[web]\npublic_url = ""', "web.public_url", "public", "must not be empty"),
    ('[web]\ntrusted_proxies = "10.0.0.1"', "web.trusted_proxies", "trusted", "a list in []"),
    ('[web]\ntrusted_proxies = [\n"::1",\n"proxy"]', "web.trusted_proxies[2]", '"proxy"',
     "'proxy' is no IP address or network"),
    ('[web]\ntrusted_proxies = ["10.0.0.1/8"]', "web.trusted_proxies[1]", "trusted",
     "did you mean 10.0.0.0/8?"),
    # the database
    ('[database]\nurl = "sqlite:///x.db"', "database.url", "url", "unknown kind of database"),
    ('[database]\nurl = "postgres://u:hidden@h/d"', "database.url", "url", "'postgres': sqlite+"),
    ('[database]\nurl = "mysql+aiomysql://h/d"', "database.url", "url", "postgresql+asyncpg://"),
    ('[database]\nurl = "data.db"', "database.url", "url", "is no database address"),
    ('[database]\nurl = "sqlite+aiosqlite://"', "database.url", "url", "names no database that"),
    ('[database]\nurl = "sqlite+aiosqlite:///:memory:"', "database.url", "url", "that lasts"),
    ('[database]\nurl = "sqlite+aiosqlite://data/x.db"', "database.url", "url", "three slashes"),
    ('[database]\nurl = "postgresql+asyncpg://h:p/d"', "database.url", "url", "is no database"),
    ('[database]\nurl = "postgresql+asyncpg://host"', "database.url", "url", "names no database"),
    # people
    ("[staff]\nchat_id = 5", "staff.chat_id", "chat_id", "5 is the id of a person"),
    ('[staff]\nchat_id = "-100"', "staff.chat_id", "chat_id", "a whole number is needed"),
    ("[staff]\nchat_id = false", "staff.chat_id", "chat_id", "this is true or false"),
    ("[staff]\nchat_id = []", "staff.chat_id", "chat_id", "this is a list"),
    ("[staff]\nowners = 5", "staff.owners", "owners", "a list in [] is needed"),
    ("[staff]\nowners = [5, -5]", "staff.owners[2]", "owners", "-5 is not allowed: from 1"),
    ('[staff]\nowners = [5, "@me"]', "staff.owners[2]", "owners", "a whole number is needed"),
    ("[staff]\nowners = [5, 6, 5]", "staff.owners[3]", "owners", "5 stands here twice"),
    ('[staff]\nsecond_person_above = "-1"', "staff.second_person_above", "second", '"500.00"'),
    ('[staff]\nsecond_person_above = "1,5"', "staff.second_person_above", "second", "for never"),
    ("[staff]\nsecond_person_above = 500", "staff.second_person_above", "second", "in quotes"),
    # programs
    ("[programs]\nactive = []", "programs.active", "active", "at least one must run"),
    ('[programs]\nactive = "saas-tiers"', "programs.active", "active", "a list in [] is needed"),
    ('[programs]\nactive = ["a", ""]', "programs.active[2]", "active", "must not be empty"),
    ('[programs]\nactive = ["a", "a"]', "programs.active[2]", "active", "'a' stands here twice"),
    ('[programs]\nlanding_url = "//shop"', "programs.landing_url", "landing", "begins with"),
    ('[programs]\nlanding_url = "javascript:alert(1)"', "programs.landing_url", "land", "http"),
    ('[programs]\nlogo = "none.png"', "programs.logo", "logo", "no file 'none.png'"),
    # documents, privacy
    ('[documents]\nfolder = ""', "documents.folder", "folder", "must not be empty"),
    ("[documents]\nretention_days = 0", "documents.retention_days", "days", "from 1 to 36500"),
    ('[privacy]\nmask_clients = "yes"', "privacy.mask_clients", "mask", "true or false is needed"),
    # billing and API
    ('[billing]\nsecret = "hush"', "billing.secret", "secret", "whsec_ followed by base64"),
    ('[billing]\nsecret = "whsec_"', "billing.secret", "secret", "of 24 to 64 bytes"),
    ('[billing]\nsecret = "whsec_c2hvcnQ="', "billing.secret", "secret", "of 24 to 64 bytes"),
    (f'[billing]\nsecret = "whsec_{"AAAA" * 8}"', "billing.secret", "secret", "one byte repeated"),
    (f'[billing]\nsecret = "{WHSEC}!"', "billing.secret", "secret", "must be whsec_"),
    (f'[billing]\nsecret = [\n"{WHSEC}",\n"x"]', "billing.secret[2]", '"x"', "must be whsec_"),
    ('[billing]\nsecret = [""]', "billing.secret[1]", "secret", "must not be empty"),
    ("[billing]\nsecret = 5", "billing.secret", "secret", "text in quotes is needed"),
    ('[billing]\noutbound_url = "https://b.example"', "billing.outbound_secret", "[billing]",
     "is needed with outbound_url"),
    ('[billing]\noutbound_url = "b.example"\noutbound_secret = ""', "billing.outbound_url",
     "outbound_url", "begins with https://"),
    ('[billing]\noutbound_secret = "short"', "billing.outbound_secret", "outbound", "whsec_"),
    ('[api]\ntokens = "abc"', "api.tokens", "tokens", "a list in [] is needed"),
    ('[api]\ntokens = ["n7Qz_4kWvT2x-Lr"]', "api.tokens[1]", "tokens", "is too short: 16"),
    ('[api]\ntokens = ["with some spaces in it"]', "api.tokens[1]", "tokens", "Latin letters"),
    ('[api]\ntokens = [""]', "api.tokens[1]", "tokens", "must not be empty"),
    # e-mail, language
    ('[email]\nsmtp_url = "http://mail.example"', "email.smtp_url", "smtp_url", "must be smtp://"),
    ('[email]\nsmtp_url = "smtp://"', "email.smtp_url", "smtp_url", "must be smtp://"),
    ('[email]\nsmtp_url = "smtp://h:99999"', "email.smtp_url", "smtp_url", "must be smtp://"),
    ('[email]\nsmtp_url = "smtp://mail.example"', "email.sender", "[email]", "needed with smtp"),
    ('[email]\nsender = "partners"', "email.sender", "sender", "an e-mail address is needed"),
    ('[email]\nsender = "a@b\\nBcc: c@d"', "email.sender", "sender", "a line break"),
    ('[locale]\ndefault = "de"', "locale.default", "default", "allowed: en, ru, uk, bg"),
    ('[locale]\ntimezone = "Europe/Sofa"', "locale.timezone", "time", "mean Europe/Sofia?"),
    ('[locale]\ntimezone = "../etc/passwd"', "locale.timezone", "time", "unknown time zone"),
    ('[locale]\ntimezone = ""', "locale.timezone", "time", "must not be empty"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "key", "mark", "message"), WRONG)
def test_a_mistake_is_named_with_its_line(
    tmp_path: Path, text: str, key: str, mark: str, message: str
) -> None:
    (problem,) = problems(tmp_path, text)

    assert problem.source == str(tmp_path / "config.toml")
    assert problem.key == key
    assert problem.line == line_with(mark, text)
    assert message in problem.message


@pytest.mark.parametrize(
    ("secret", "why"),
    [
        ("aaaaaaaaaaaaaaaaaaaa", "it has too few different characters"),
        ("abababababababababab", "it has too few different characters"),
        ("password-password-password", "it repeats itself"),
        ("1234567890123456", "it repeats itself"),
        ("0123456789abcdefghij", "it is a plain sequence"),
        ("zyxwvutsrqponmlkjihg", "it is a plain sequence"),
        ("QwertyuiopAsdfgh", "it is a plain sequence"),
        ("changeme-please-now", "it is a placeholder"),
        ("put-your-secret-here", "it is a placeholder"),
    ],
)
@pytest.mark.parametrize("key", ["telegram.webhook_secret", "api.tokens[1]"])
def test_a_secret_that_people_guess_is_refused(
    tmp_path: Path, secret: str, why: str, key: str
) -> None:
    section, name = key.removesuffix("[1]").split(".")
    value = f'["{secret}"]' if key.endswith("]") else f'"{secret}"'
    rest = f'token = "{TOKEN}"\n' if section == "telegram" else ""

    (problem,) = problems(tmp_path, f"[{section}]\n{rest}{name} = {value}")

    assert problem.key == key
    assert problem.message.startswith(f"is too weak, {why}")
    assert secret not in str(problem)


SECRETS = [
    ('[telegram]\ntoken = "123456789:pa ss"', "pa ss"),
    ('[telegram]\ntoken = "1:abc"\nwebhook_secret = "hush!hush!"', "hush"),
    ('[database]\nurl = "postgresql://me:hush@host/db"', "hush"),
    ('[database]\nurl = "postgresql+asyncpg://me:hush@host:x/db"', "hush"),
    ('[billing]\nsecret = "whsec_hush"', "hush"),
    ('[billing]\noutbound_url = "htp://me:hush@host"', "hush"),
    ('[api]\ntokens = ["hush hush"]', "hush"),
    ('[email]\nsmtp_url = "smtp://me:hu#sh@host"', "sh@"),
]


@pytest.mark.parametrize(("text", "secret"), SECRETS)
def test_a_message_does_not_repeat_a_secret(tmp_path: Path, text: str, secret: str) -> None:
    found = problems(tmp_path, text)

    assert found
    assert secret not in str(ConfigInvalid(found))


def test_everything_wrong_is_told_at_once_in_the_order_of_the_file(tmp_path: Path) -> None:
    text = '[telegram]\ntoken = "x"\n[web]\nport = 70000\nhots = "::"\n[locale]\ndefault = "xx"\n'
    environ = {"PARTNER_BOT__STAFF__OWNERS": "[0]", "PARTNER_BOT__NO__SUCH": "1"}

    with pytest.raises(ConfigInvalid) as caught:
        load_config(write(tmp_path, text), environ)

    assert [(problem.line, problem.key) for problem in caught.value.problems] == [
        (2, "telegram.token"),
        (4, "web.port"),
        (5, "web.hots"),
        (7, "locale.default"),
        (None, "PARTNER_BOT__STAFF__OWNERS[1]"),
        (None, "PARTNER_BOT__NO__SUCH"),
    ]
    assert caught.value.code == "config_invalid"


@pytest.mark.parametrize(
    ("public_url", "message"),
    [
        ("http://bot.example.com", "must begin with https:// in webhook mode"),
        ("https://bot.example.com:8080", "on ports 443, 80, 88, 8443 only"),
    ],
)
def test_telegram_must_be_able_to_call_the_webhook(
    tmp_path: Path, public_url: str, message: str
) -> None:
    text = (
        f'[telegram]\ntoken = "{TOKEN}"\nmode = "webhook"\nwebhook_secret = "{STRONG}"\n'
        f'[web]\npublic_url = "{public_url}"\n'
    )

    (problem,) = problems(tmp_path, text)

    assert (problem.key, problem.line) == ("web.public_url", 6)
    assert message in problem.message


@pytest.mark.parametrize(
    "public_url", ["http://localhost:8080", "http://127.0.0.9:1", "http://[::1]:8080"]
)
def test_a_webhook_on_this_very_machine_needs_no_https(tmp_path: Path, public_url: str) -> None:
    text = (
        f'[telegram]\ntoken = "{TOKEN}"\nmode = "webhook"\nwebhook_secret = "{STRONG}"\n'
        f'[web]\npublic_url = "{public_url}"\n'
    )

    assert load_config(write(tmp_path, text), {}).web.public_url == public_url
