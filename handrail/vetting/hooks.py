"""Where a post may go and how it gets there: https, a public address that was looked up once, no redirect, sealed."""

import base64
import http.client
import ipaddress
import json
import socket
import ssl
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings

from handrail.kernel.errors import BadInput, NotNow

SECONDS = 10
LONGEST = 2000
WORTH_READING = 2048
_PUBLIC_SIX = ipaddress.ip_network("2000::/3")


class HookFailed(Exception):
    """A post that did not arrive; the message never holds the address."""


@dataclass(frozen=True, slots=True)
class Target:
    """An address taken apart, with the one machine that it was found to name."""

    scheme: str
    host: str
    port: int
    path: str
    machine: str


def sealed(address: str) -> str:
    """The address as it is kept: encrypted with the house’s key, which is not in the database."""
    return _box().encrypt(address.encode()).decode()


def unsealed(kept: str) -> str:
    """The address again; NotNow where the house’s key is another one by now."""
    try:
        return _box().decrypt(kept.encode()).decode()
    except InvalidToken:
        raise NotNow(
            "The house’s key has changed, so this address can’t be opened. Remove it and add it anew."
        ) from None


def _box() -> Fernet:
    made = sha256(b"handrail hooks " + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(made))


def check_address(address: str) -> None:
    """Raise BadInput where posts must not go there. Names are looked up again, and pinned, at each post."""
    parts = _parts(address)
    host = (parts.hostname or "").rstrip(".")
    if _as_number(host) is not None and not _may_be_reached(host, host):
        raise BadInput("That address is inside this network. Posts go to the outside only.", field="address")
    inside = host.casefold() == "localhost" or host.casefold().endswith((".localhost", ".local", ".internal"))
    if inside and host.casefold() not in _allowed():
        raise BadInput("That address is inside this network. Posts go to the outside only.", field="address")


def _parts(address: str) -> Any:
    if len(address) > LONGEST or not address.isprintable() or " " in address:
        raise BadInput("That is no address. Copy it again from Slack or Teams.", field="address")
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError:
        raise BadInput("That is no address. Copy it again from Slack or Teams.", field="address") from None
    host = (parts.hostname or "").casefold()
    if parts.scheme != "https" and not (parts.scheme == "http" and host in _allowed()):
        raise BadInput("The address must begin with https://.", field="address")
    if not host or parts.username or parts.password:
        raise BadInput("That address names no place, or carries a password. Copy it again.", field="address")
    return parts


def _allowed() -> set[str]:
    """Hosts inside that the operator opened, by HANDRAIL_HOOK_HOSTS."""
    return {each.casefold() for each in settings.HANDRAIL_HOOK_HOSTS}


def _as_number(host: str) -> str | None:
    try:
        return str(ipaddress.ip_address(host))
    except ValueError:
        return None


def _may_be_reached(host: str, machine: str) -> bool:
    if host.casefold() in _allowed():
        return True
    found = ipaddress.ip_address(machine)
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped is None and (found not in _PUBLIC_SIX or found.sixtofour or found.teredo):
            return False  # such as NAT64 and 6to4, which carry an address inside in another one
        found = found.ipv4_mapped or found
    return found.is_global and not found.is_multicast


def target_of(address: str) -> Target:
    """Look the name up once; every machine it names must lie outside, and the first is the one that is written to."""
    parts = _parts(address)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    try:
        found = socket.getaddrinfo(parts.hostname, port, type=socket.SOCK_STREAM)
    except OSError:
        raise HookFailed("The name of its server was not found.") from None
    machines = [str(each[4][0]) for each in found]
    if not machines or not all(_may_be_reached(parts.hostname, each) for each in machines):
        raise HookFailed("Its address leads into this network, so nothing was sent.")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(parts.scheme, parts.hostname, port, path, machines[0])


class _Pinned(http.client.HTTPSConnection):
    """A connection to the machine that was looked up, under the name it has to prove."""

    def __init__(self, target: Target) -> None:
        self._safe = ssl.create_default_context()
        super().__init__(target.host, target.port, timeout=SECONDS, context=self._safe)
        self._machine = target.machine

    def connect(self) -> None:
        """Open the line to the pinned machine."""
        line = socket.create_connection((self._machine, self.port), self.timeout)
        self.sock = self._safe.wrap_socket(line, server_hostname=self.host)


def post(address: str, said: dict[str, Any]) -> None:
    """Send one post. Raises HookFailed, whose words hold no part of the address."""
    target = target_of(address)
    line: http.client.HTTPConnection
    line = (
        _Pinned(target)
        if target.scheme == "https"
        else http.client.HTTPConnection(target.machine, target.port, SECONDS)
    )
    body = json.dumps(said, ensure_ascii=False).encode()
    headers = {"Content-Type": "application/json; charset=utf-8", "User-Agent": "Handrail", "Host": target.host}
    if target.port not in (80, 443):
        headers["Host"] = f"{target.host}:{target.port}"
    try:
        line.request("POST", target.path, body, headers)
        answer = line.getresponse()
        answer.read(WORTH_READING)
    except (OSError, http.client.HTTPException) as error:
        raise HookFailed(f"It did not arrive ({type(error).__name__}).") from None
    finally:
        line.close()
    if not 200 <= answer.status < 300:
        raise HookFailed(f"Its server answered {answer.status}.")


def said_for(kind: str, words: str, href: str) -> dict[str, Any]:
    """The post in the format of Slack or Teams; what people typed can’t become a link or a call to everyone."""
    if kind == "slack":
        safe = words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        return {"text": f"{safe} <{href}|Open it>" if href else safe, "link_names": False}
    plain = "".join(f"\\{letter}" if letter in "\\[]()*_`#<>" else letter for letter in words)
    card: dict[str, Any] = {
        "type": "AdaptiveCard",
        "version": "1.4",
        "body": [{"type": "TextBlock", "text": plain, "wrap": True}],
    }
    if href:
        card["actions"] = [{"type": "Action.OpenUrl", "title": "Open it", "url": href}]
    kept = {"contentType": "application/vnd.microsoft.card.adaptive", "content": card}
    return {"type": "message", "attachments": [kept]}
