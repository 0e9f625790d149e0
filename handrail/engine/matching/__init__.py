"""Stored queries, many at once, against posts as they come."""

from handrail.engine.matching.counting import word_shares
from handrail.engine.matching.matcher import Matcher, can_compile

__all__ = ["Matcher", "can_compile", "word_shares"]
