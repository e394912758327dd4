"""Alarms by mail, to a server of this machine."""

from __future__ import annotations

import email
import email.policy
import socket
import ssl
import subprocess
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, Envelope
from tests.report.sending.made_up import SENTENCE, alarm

from tocsin.errors import OptionError, SendError
from tocsin.report.sending.mail import PASSWORD, USER, Mail, mail_of


class _Desk:
    """Keeps the mails that come, or answers with ``answer``."""

    def __init__(self, answer: str = "250 OK") -> None:
        self.answer = answer
        self.mails: list[EmailMessage] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Envelope) -> str:  # noqa: N802
        content = envelope.content
        assert isinstance(content, bytes)
        self.mails.append(email.message_from_bytes(content, policy=email.policy.default))  # type: ignore[arg-type]
        return self.answer


Serve = Callable[..., Mail]


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Run a server with a desk, and give the target that reaches it."""
    running: list[Controller] = []

    def serve(desk: _Desk, login: tuple[str, str] | None = None, **more: Any) -> Mail:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        controller = Controller(desk, hostname="127.0.0.1", port=port, **more)
        controller.start()
        running.append(controller)
        return Mail(address="desk@example.org", host="127.0.0.1", port=port,
                    sender="tocsin@example.org", login=login, timeout=5)  # fmt: skip

    yield serve
    for controller in running:
        controller.stop()


def test_one_mail_has_all_alarms(serve: Serve) -> None:
    desk = _Desk()
    serve(desk).send([alarm(1), alarm(2)])
    (mail,) = desk.mails
    assert mail["To"] == "desk@example.org"
    assert mail["From"] == "tocsin@example.org"
    assert mail["Subject"] == "Tocsin: 2 alarms, RUR:GRA"
    body = mail.get_content()
    assert "2021-05-01 RUR:GRA new rung (incidents)" in body
    assert SENTENCE in body
    assert "id: a-2" in body


def test_the_same_alarms_have_the_same_message_id(serve: Serve) -> None:
    desk = _Desk()
    mail = serve(desk)
    for alarms in ([alarm(1)], [alarm(1)], [alarm(2)]):
        mail.send(alarms)
    one, again, other = (found["Message-ID"] for found in desk.mails)
    assert one == again != other


@pytest.mark.parametrize(("answer", "passing"), [("451 later", True), ("554 no", False)])
def test_a_refusal_says_its_code_and_no_text(serve: Serve, answer: str, passing: bool) -> None:
    with pytest.raises(SendError) as caught:
        serve(_Desk(f"{answer} Zenda")).send([alarm()])
    assert answer[:3] in str(caught.value)
    assert "Zenda" not in str(caught.value)
    assert caught.value.passing is passing


def test_a_server_that_is_not_there_may_come_back() -> None:
    mail = Mail(address="desk@example.org", host="127.0.0.1", port=1, sender="a@example.org")
    with pytest.raises(SendError, match="cannot be reached") as caught:
        mail.send([alarm()])
    assert caught.value.passing


def _opens(server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
    right = (data.login, data.password) == (b"ana", b"word")
    return AuthResult(success=right, handled=right)


def test_name_and_password_are_given_and_never_told(serve: Serve) -> None:
    more = {"authenticator": _opens, "auth_require_tls": False}
    desk = _Desk()
    serve(desk, ("ana", "word"), **more).send([alarm()])
    assert len(desk.mails) == 1
    wrong = serve(desk, ("ana", "wrongword"), **more)
    with pytest.raises(SendError, match="name or password refused") as caught:
        wrong.send([alarm()])
    assert "wrongword" not in f"{caught.value} {wrong!r}"


def test_no_password_goes_over_an_open_line_to_others(
    serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tocsin.report.sending import mail as mailing

    monkeypatch.setattr(mailing, "_HERE", ())
    desk = _Desk()
    one = serve(desk, ("ana", "word"), authenticator=_opens, auth_require_tls=False)
    with pytest.raises(SendError, match="offers no STARTTLS"):
        one.send([alarm()])
    assert desk.mails == []


def test_a_line_that_can_be_ciphered_is(serve: Serve, tmp_path: Path) -> None:
    key, cert = tmp_path / "key.pem", tmp_path / "cert.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj",
         "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out", cert],
        check=True, capture_output=True,
    )  # fmt: skip
    own = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    own.load_cert_chain(cert, key)
    desk = _Desk()
    one = serve(desk, tls_context=own, require_starttls=True)
    with pytest.raises(SendError, match=r"no safe line \(CERTIFICATE_VERIFY_FAILED\)"):
        one.send([alarm()])
    assert desk.mails == []
    known = ssl.create_default_context(cafile=str(cert))
    Mail(address=one.address, host=one.host, port=one.port, sender=one.sender,
         context=known).send([alarm()])  # fmt: skip
    assert len(desk.mails) == 1


def test_options_and_environment_make_a_target() -> None:
    found = mail_of("desk@example.org", "mail.example.org:587", None, {USER: "ana", PASSWORD: "w"})
    assert (found.host, found.port, found.login) == ("mail.example.org", 587, ("ana", "w"))
    assert found.sender.startswith("tocsin@")
    assert mail_of("d@e.org", "mail", "a@b.org", {}).port == 25
    assert found.key == mail_of("DESK@example.org", "other", "a@b.org", {}).key


@pytest.mark.parametrize(
    ("address", "smtp", "sender", "environment", "words"),
    [
        ("desk@example.org", None, None, {}, "--smtp"),
        ("desk", "mail", None, {}, "--mail 'desk' is no address"),
        ("a@b.org\nBcc: x@y.org", "mail", None, {}, "is no address"),
        ("desk@example.org", "mail:x", None, {}, "--smtp mail:x"),
        ("desk@example.org", "mail:99999", None, {}, "--smtp"),
        ("desk@example.org", "mail", "nobody", {}, "--from 'nobody'"),
        ("desk@example.org", "mail", None, {USER: "ana"}, "go together"),
    ],
)
def test_what_cannot_be_is_refused(
    address: str, smtp: str | None, sender: str | None, environment: dict[str, str], words: str
) -> None:
    with pytest.raises(OptionError, match=words):
        mail_of(address, smtp, sender, environment)
