"""The key that signs checkpoints: made at first use, kept outside the database, readable by its owner alone."""

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

PRIVATE = "checkpoint.key"
PUBLIC = "checkpoint.pub"
EARLIER = "earlier"


def signing_key(keys: Path) -> Ed25519PrivateKey:
    """The private key in this folder, made when there is none; its public half stands beside it."""
    path = keys / PRIVATE
    if not path.exists():
        _make(keys)
    key = load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise ValueError(f"{path} is not an Ed25519 key")
    if not (keys / PUBLIC).exists():
        _write(keys / PUBLIC, f"{public_half(key)}\n".encode(), 0o644)
    return key


def _make(keys: Path) -> None:
    keys.mkdir(parents=True, exist_ok=True, mode=0o700)
    old = keys / PUBLIC
    if old.exists():
        # A place restored without its private key: what was signed before stays verifiable.
        former = old.read_text(encoding="ascii").strip()
        (keys / EARLIER).mkdir(exist_ok=True)
        old.replace(keys / EARLIER / f"{fingerprint(former)}.pub")
    key = Ed25519PrivateKey.generate()
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    fresh = keys / f"{PRIVATE}.{os.getpid()}"
    _write(fresh, pem, 0o600)
    try:
        os.link(fresh, keys / PRIVATE)
    except FileExistsError:
        return
    finally:
        fresh.unlink()


def _write(path: Path, raw: bytes, mode: int) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode), "wb") as file:
        file.write(raw)
        file.flush()
        os.fsync(file.fileno())


def public_half(key: Ed25519PrivateKey) -> str:
    """The public key as 64 hexadecimal digits."""
    return key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw).hex()


def fingerprint(public: str) -> str:
    """A short name for a public key, to compare by eye: 16 hexadecimal digits."""
    return hashlib.sha256(bytes.fromhex(public)).hexdigest()[:16]


def known_keys(keys: Path) -> dict[str, str]:
    """The public keys that this folder vouches for, by fingerprint: the present one and earlier ones."""
    paths = [keys / PUBLIC, *sorted((keys / EARLIER).glob("*.pub"))]
    return trusted(path.read_text(encoding="ascii") for path in paths if path.exists())


def trusted(publics: Iterable[str]) -> dict[str, str]:
    """Public keys, written as hexadecimal digits, by fingerprint. Raises ValueError for what is none."""
    found: dict[str, str] = {}
    for public in publics:
        digits = public.strip().lower()
        if len(digits) != 64 or any(letter not in "0123456789abcdef" for letter in digits):
            raise ValueError("A public key is 64 hexadecimal digits")
        found[fingerprint(digits)] = digits
    return found


def is_signed(public: str, signature: bytes, signed: bytes) -> bool:
    """Whether the holder of this public key signed these bytes."""
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(public)).verify(signature, signed)
    except (InvalidSignature, ValueError):
        return False
    return True
