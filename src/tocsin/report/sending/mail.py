"""Sending alarms by mail: one message with all of them."""

from __future__ import annotations

import smtplib
import socket
import ssl
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import parseaddr

from tocsin.errors import OptionError, SendError
from tocsin.model.alarm import Alarm
from tocsin.model.ids import content_id
from tocsin.report.sending.record import in_words

USER, PASSWORD = "TOCSIN_SMTP_USER", "TOCSIN_SMTP_PASSWORD"
TIMEOUT = 20.0  # seconds
_PORT = 25
_HERE = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """Sends to ``address`` over the server ``host``:``port``, from ``sender``.

    STARTTLS is used where the server offers it. ``login`` is a name and a password, None for none;
    they go over the line only when that is ciphered, or does not leave this machine.
    """

    address: str
    host: str
    port: int = _PORT
    sender: str
    login: tuple[str, str] | None = field(default=None, repr=False)
    timeout: float = TIMEOUT
    context: ssl.SSLContext | None = field(default=None, repr=False, compare=False)

    @property
    def name(self) -> str:
        """What may be shown of it."""
        return f"{self.address} over {self.host}:{self.port}"

    @property
    def key(self) -> str:
        """By what it is known again in a store: the address, whichever server takes the mail."""
        return content_id(["mail", self.address.lower()])

    def send(self, alarms: Sequence[Alarm]) -> None:
        """Send one message with all of them; SendError where it was not taken."""
        message = _message(self, alarms)
        try:
            with smtplib.SMTP(self.host, self.port, timeout=self.timeout) as server:
                server.ehlo_or_helo_if_needed()
                ciphered = server.has_extn("starttls")
                if ciphered:
                    server.starttls(context=self.context or ssl.create_default_context())
                    server.ehlo()
                if self.login is not None:
                    if not ciphered and self.host not in _HERE:
                        raise SendError(
                            f"{self.name}: the server offers no STARTTLS, and the password does "
                            "not go over an open line"
                        )
                    server.login(*self.login)
                server.send_message(message)
        except smtplib.SMTPAuthenticationError as error:
            message_ = f"{self.name}: name or password refused ({error.smtp_code})"
            raise SendError(message_) from None
        except smtplib.SMTPRecipientsRefused as error:
            code = next(iter(error.recipients.values()))[0]
            raise SendError(f"{self.name}: refused ({code})", passing=code < 500) from None
        except smtplib.SMTPResponseException as error:
            code = error.smtp_code
            raise SendError(f"{self.name}: refused ({code})", passing=code < 500) from None
        except smtplib.SMTPNotSupportedError:
            raise SendError(f"{self.name}: the server takes no name and password") from None
        except ssl.SSLError as error:
            reason = error.reason or type(error).__name__
            raise SendError(f"{self.name}: no safe line ({reason})") from None
        except (smtplib.SMTPException, OSError) as error:
            kind = type(error).__name__
            raise SendError(f"{self.name} cannot be reached ({kind})", passing=True) from None


def mail_of(
    address: str, smtp: str | None, sender: str | None, environment: Mapping[str, str]
) -> Mail:
    """The target that options name; user and password are taken from the environment. OptionError
    where one of them cannot be."""
    if smtp is None:
        raise OptionError("--mail needs a server: --smtp HOST[:PORT]")
    host, sign, port = smtp.rpartition(":") if smtp.count(":") == 1 else (smtp, "", "")
    if not host or (sign and not port.isdigit()) or int(port or _PORT) > 65535:
        raise OptionError(f"--smtp {smtp} is no server such as mail.example.org:587")
    own = sender or f"tocsin@{socket.gethostname()}"
    for option, value in (("--mail", address), ("--from", own)):
        if not _is_address(value):
            raise OptionError(f"{option} {value!r} is no address such as desk@example.org")
    user, password = environment.get(USER), environment.get(PASSWORD)
    if bool(user) != bool(password):
        raise OptionError(f"{USER} and {PASSWORD} go together; one of them is not set")
    login = (user, password) if user and password else None
    return Mail(
        address=address, host=host, port=int(port or _PORT), sender=own, login=login
    )  # fmt: skip


def _is_address(value: str) -> bool:
    if parseaddr(value)[1] != value or value.count("@") != 1 or not value.isprintable():
        return False
    try:
        Address(addr_spec=value)
    except ValueError:
        return False
    return all(value.split("@"))


def _message(mail: Mail, alarms: Sequence[Alarm]) -> EmailMessage:
    message = EmailMessage()
    dyads = list(dict.fromkeys(":".join(one.dyad) for one in alarms))
    more = f" and {len(dyads) - 3} more" if len(dyads) > 3 else ""
    count = f"{len(alarms)} {'alarm' if len(alarms) == 1 else 'alarms'}"
    message["Subject"] = f"Tocsin: {count}, {', '.join(dyads[:3])}{more}"
    message["From"] = mail.sender
    message["To"] = mail.address
    # The same alarms make the same id, by which a receiver knows a repetition.
    ids = content_id([mail.key, *(one.id for one in alarms)])
    message["Message-ID"] = f"<{ids}@{mail.sender.partition('@')[2]}>"
    message.set_content(in_words(alarms))
    return message
