"""Config files for the tests, and what the reader says about them."""

import base64
from pathlib import Path

from bot.config import ConfigReading, read_config
from domain.programs.problems import Problem

TOKEN = "123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"
STRONG = "n7Qz_4kWvT2x-Lr9Yb3c"
OTHER = "Zt5mP8_wKd1q-Hf6Xs0v"
WHSEC = "whsec_" + base64.b64encode(bytes(range(7, 7 + 32))).decode()
WHSEC_OLD = "whsec_" + base64.b64encode(bytes(range(90, 90 + 41))).decode()
WHSEC_OUT = "whsec_" + base64.b64encode(bytes(range(150, 150 + 24))).decode()
FULL = f"""\
[telegram]
token = "{TOKEN}"
api_base_url = "http://127.0.0.1:8081/"
mode = "webhook"
webhook_secret = "{STRONG}"
[web]
host = "::"
port = 0
public_url = "https://bot.example.com:8443/"
trusted_proxies = ["10.0.0.0/8", "::1"]
[database]
url = "postgresql+asyncpg://bot:p%40ss@db.example.com/partners"
[staff]
chat_id = -1009876543210
owners = [42, 7]
second_person_above = "500.50"
[programs]
active = ["saas-tiers", "programs/mine.toml"]
landing_url = "https://shop.example.com/start?from=partner"
logo = "logo.png"
[documents]
folder = "papers"
retention_days = 30
[privacy]
mask_clients = true
[billing]
secret = ["{WHSEC}", "{WHSEC_OLD}"]
outbound_url = "https://billing.example.com/hooks"
outbound_secret = "{WHSEC_OUT}"
[api]
tokens = ["{STRONG}", "{OTHER}"]
[email]
smtp_url = "smtps://me:pa%3Ass@mail.example.com:465"
sender = "Partners <partners@example.com>"
[reminders]
referral_ends_days = 7
form_hours = 0
[locale]
default = "bg"
timezone = "Europe/Sofia"
"""


def write(folder: Path, text: str) -> Path:
    file = folder / "config.toml"
    file.write_text(text, encoding="utf-8")
    return file


def reading(folder: Path, text: str, **environ: str) -> ConfigReading:
    if "[telegram]" not in text:
        text = f'{text}\n[telegram]\ntoken = "{TOKEN}"\n'
    return read_config(write(folder, text), environ)


def problems(folder: Path, text: str, **environ: str) -> tuple[Problem, ...]:
    return reading(folder, text, **environ).problems


def line_with(mark: str, text: str) -> int:
    return next(n for n, line in enumerate(text.splitlines(), start=1) if mark in line)
