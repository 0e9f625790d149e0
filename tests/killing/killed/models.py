"""Rows that a kill would double or lose; nothing is unique here, so that a double shows."""

from django.db import models


class Deed(models.Model):
    """What a request does."""

    token = models.CharField(max_length=40)

    def __str__(self) -> str:
        return self.token


class Heard(models.Model):
    """What the follow-up does."""

    token = models.CharField(max_length=40)

    def __str__(self) -> str:
        return self.token


class Counted(models.Model):
    """What the job does."""

    token = models.CharField(max_length=40)

    def __str__(self) -> str:
        return self.token
