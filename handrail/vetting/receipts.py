"""Secrets that are shown once and kept as fingerprints: an anonymous author's code, an outsider's link."""

import secrets
from hashlib import sha256

_LETTERS = "ABCDEFGHJKMNPQRSTVWXYZ0123456789"


def new_code() -> str:
    """A receipt code: 100 bits in five groups that can be read out; no letters that look alike."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(5))


def fingerprint(code: str) -> str:
    """What is kept of a code, however its groups were typed. With 100 bits in it, nobody guesses it from this."""
    plain = "".join(letter for letter in code.upper() if letter.isalnum())
    return sha256(f"handrail receipt {plain}".encode()).hexdigest()


def token_sha(token: str) -> str:
    """What is kept of the secret part of an outsider's link."""
    return sha256(f"handrail invitation {token}".encode()).hexdigest()
