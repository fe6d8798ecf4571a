"""An e-mail of each kind, with the longest words that people really have."""

from datetime import UTC, datetime

from domain.entities.mail import Mail
from handlers.ui.language import Languages
from handlers.ui.mails import RenderedMail, render_mail

BOT = "https://t.me/SamplePartnerBot"
TITLE = {
    "en": "Cloud referral program",
    "ru": "Реферальная программа облака",
    "uk": "Реферальна програма хмари",
    "bg": "Реферална програма на облака",
}
LONG = "https://partners.example/invitations/Xk3v9QmTz0b7LwRn2cYp5sHd8gFaJ1eU6iOoVqBxNtKrMlWyZ4"
WORDS = "Печать на второй странице срезана, а год выдачи не читается; пришлите страницу целиком."
REFUSED = [
    {"key": "inn", "is_paper": False, "reason": "mismatch", "words": "", "file": 0},
    {"key": "passport", "is_paper": True, "reason": "unclear", "words": WORDS, "file": 2},
    {
        "key": "tax_registration_certificate",
        "is_paper": True,
        "reason": "pages",
        "words": "",
        "file": 0,
    },
]
ABOUT = {"number": 128, "title": "Реферальная программа облака"}
PARAMS: dict[str, dict[str, object]] = {
    "application_received": ABOUT | {"review_days": 3},
    "application_returned": ABOUT | {"items": REFUSED},
    "application_rejected": ABOUT | {"reason": "requirements", "words": WORDS},
    "application_approved": ABOUT
    | {
        "contract_number": "CR-2026-1024",
        "contract_date": "2026-11-22",
        "code": "K7WQ2PXA",
    },
    "confirm_address": {"code": "402817", "minutes": 15},
    "client_invited": {
        "partner": "Общество с ограниченной ответственностью «Интеграционные решения»",
        "name": "Александра Константиновна",
        "title": TITLE,
        "offer": TITLE,
        "url": LONG,
        "token": "Xk3v9QmTz0b7LwRn2cYp5sHd8gFaJ1eU",
        "days": 14,
    },
    "promo_given": {
        "promo": "CLOUD-6000-8FQ2-ZK71",
        "bonuses": 6000,
        "units": {"en": "bonuses", "ru": "бонусов", "uk": "бонусів", "bg": "бонуса"},
        "days": 60,
        "title": TITLE,
    },
}
"""Of every kind, by which it is known that none is left out."""


def rendered(kind: str, code: str) -> RenderedMail:
    """Return an e-mail of a kind in a language."""
    params = dict(PARAMS[kind])
    if isinstance(params.get("title"), str):
        params["title"] = TITLE[code]
    mail = Mail(
        id=1,
        kind=kind,
        recipient="ann@example.com",
        params=params,
        language=code,
        created_at=datetime(2026, 11, 22, tzinfo=UTC),
    )
    return render_mail(Languages("en", UTC).of(code), mail, BOT, TITLE[code])
