"""`check --live` logs in to the mail server, tells what is wrong, and sends nothing."""

import ssl
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from bot.commands.check import _mail_problems
from handlers.jobs.smtp import Fate, SmtpAddress, SmtpLine
from tests.bot.config_files import reading
from tests.post import open_post

SENDER = 'sender = "us@vendor.org"'


async def found(folder: Path, url: str) -> list[str]:
    return await _mail_problems(reading(folder, f'[email]\nsmtp_url = "{url}"\n{SENDER}\n'))


async def test_a_server_that_lets_us_in_is_in_order(tmp_path: Path) -> None:
    async with open_post() as post:
        assert await found(tmp_path, f"smtp://u:p%3Ass@127.0.0.1:{post.port}") == []
        assert await found(tmp_path, f"smtp://127.0.0.1:{post.port}") == []
        assert (post.asked, post.got) == (0, [])


async def test_what_keeps_us_out_is_told_without_secrets(tmp_path: Path) -> None:
    async with open_post() as post:
        (wrong,) = await found(tmp_path, f"smtp://u:wrong-secret@127.0.0.1:{post.port}")
        assert wrong == "email: the mail server does not let us in: SMTPAuthenticationError 535"
    (away,) = await found(tmp_path, "smtp://u:wrong-secret@127.0.0.1:1")
    assert away.startswith("email: the mail server does not let us in: SMTPConnect")
    assert await _mail_problems(reading(tmp_path, "[email]\n")) == []


async def test_no_password_travels_in_clear(monkeypatch: pytest.MonkeyPatch) -> None:
    async with open_post() as post:
        monkeypatch.setattr(SmtpAddress, "is_own_machine", property(lambda _: False))
        address = SmtpAddress.read(f"smtp://u:p%3Ass@127.0.0.1:{post.port}")
        line = SmtpLine(address)
        attempt = await line.send(None, "ann@example.com")  # type: ignore[arg-type]
        assert (attempt.fate, attempt.error, attempt.is_away) == (Fate.LATER, "NoEncryption", True)
        assert "p:ss" not in repr(address)


def _certificate(folder: Path) -> Path:
    """Make a certificate of this machine that nobody has signed but itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "post.example")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False
        )
        .sign(key, hashes.SHA256())
    )
    file = folder / "post.pem"
    file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    return file


async def test_an_offered_encryption_is_used_and_its_certificate_checked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = _certificate(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    async with open_post(context) as post:
        url = f"smtp://u:p%3Ass@127.0.0.1:{post.port}"
        (untrusted,) = await found(tmp_path, url)
        assert "SSLCertVerificationError" in untrusted or "SMTPConnectError" in untrusted
        monkeypatch.setenv("SSL_CERT_FILE", str(file))
        assert await found(tmp_path, url) == []


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtp://mail.org", ("mail.org", 587, False, "", "")),
        ("smtps://mail.org", ("mail.org", 465, True, "", "")),
        (
            "smtp://a%40b.org:p%3As%2Fs@mail.org:2525",
            ("mail.org", 2525, False, "a@b.org", "p:s/s"),
        ),
    ],
)
def test_an_address_is_read(url: str, expected: tuple[object, ...]) -> None:
    read = SmtpAddress.read(url)
    assert (read.host, read.port, read.is_tls, read.user, read.password) == expected
