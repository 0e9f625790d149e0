"""How a post sounds: `score` posts, and what `accuracy` that was measured to have."""

from handrail.engine.sentiment.scoring import Sentiment, accuracy, score

__all__ = ["Sentiment", "accuracy", "score"]
