"""The few words a document says by itself, in the language of its text."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Signs:
    """Words of the furniture: the head of the contents, and the “of” in “3 of 12”."""

    contents: str
    of: str


SIGNS = {
    "en": Signs("Contents", "of"),
    "de": Signs("Inhalt", "von"),
    "fr": Signs("Sommaire", "sur"),
    "es": Signs("Índice", "de"),
    "pt": Signs("Índice", "de"),
    "it": Signs("Indice", "di"),
    "nl": Signs("Inhoud", "van"),
    "sv": Signs("Innehåll", "av"),
    "da": Signs("Indhold", "af"),
    "nb": Signs("Innhold", "av"),
    "fi": Signs("Sisällys", "/"),
    "pl": Signs("Spis treści", "z"),
    "cs": Signs("Obsah", "z"),
    "tr": Signs("İçindekiler", "/"),
    "el": Signs("Περιεχόμενα", "από"),
    "ar": Signs("المحتويات", "من"),
    "he": Signs("תוכן העניינים", "מתוך"),
    "ja": Signs("目次", "/"),
    "zh": Signs("目录", "/"),
}
