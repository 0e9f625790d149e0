"""Vetting over the API: the same verbs as the pages."""

from ninja import Router

router = Router(tags=["vetting"])
