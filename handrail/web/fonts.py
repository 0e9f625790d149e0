"""Where the page's typefaces come from: packages we depend on, cut to the letters we use where a tool for it is there.

Nothing is committed and nothing is fetched. `build()` writes WOFF2 files once into HANDRAIL_HOME (0.5 MB instead of
3.2 MB); until then, and where fontTools is not installed, the packages' own TTF files are served as they are.
"""

from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from django.conf import settings

try:
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont
except ImportError:
    Options = Subsetter = TTFont = None

# Basic Latin, Latin-1, Latin Extended-A, the few of Extended-B that Romanian needs, punctuation, signs.
RANGES = (
    (0x20, 0x7E),
    (0xA0, 0x17F),
    (0x218, 0x21B),
    (0x2C6, 0x2DD),
    (0x2010, 0x2027),
    (0x202F, 0x203A),
    (0x2044, 0x2044),
    (0x20A0, 0x20BF),
    (0x2116, 0x2122),
    (0x2190, 0x2193),
    (0x2212, 0x2212),
    (0x2248, 0x2265),
    (0xFFFD, 0xFFFD),
)
FEATURES = (
    "kern",
    "liga",
    "calt",
    "mark",
    "mkmk",
    "ccmp",
    "locl",
    "lnum",
    "tnum",
    "pnum",
    "opsz",
    "sups",
    "frac",
    "case",
)


@dataclass(frozen=True, slots=True)
class Face:
    """One file of one family: the package it ships in, and its name there."""

    name: str
    package: str
    file: str

    @property
    def source(self) -> Path | None:
        """The package's own file, or None where the package is missing."""
        return _inside(self.package, self.file)

    @property
    def built(self) -> Path:
        """Where our own, smaller file stands once it is built."""
        return Path(settings.HANDRAIL_HOME) / "static-built" / "fonts" / f"{self.name}.woff2"


FACES = {
    face.name: face
    for face in (
        Face("source-serif-4", "fontpkg_source_serif_4", "SourceSerif4[opsz,wght].ttf"),
        Face("source-serif-4-italic", "fontpkg_source_serif_4", "SourceSerif4-Italic[opsz,wght].ttf"),
        Face("source-sans-3", "fontpkg_source_sans_3", "SourceSans3[wght].ttf"),
        Face("source-sans-3-italic", "fontpkg_source_sans_3", "SourceSans3-Italic[wght].ttf"),
        Face("plex-mono-400", "fontpkg_ibm_plex_mono", "IBMPlexMono-Regular.ttf"),
        Face("plex-mono-500", "fontpkg_ibm_plex_mono", "IBMPlexMono-Medium.ttf"),
    )
}


def best_file(name: str) -> tuple[Path, str] | None:
    """The file to serve for a face and its media type; None when there is no such face."""
    face = FACES.get(name)
    if face is None:
        return None
    if face.built.is_file():
        return face.built, "font/woff2"
    return (face.source, "font/ttf") if face.source else None


def build() -> list[Path]:
    """Write every face that is not there yet as WOFF2; does nothing without fontTools. Safe to call at each start."""
    if TTFont is None or find_spec("brotli") is None:
        return []
    made = []
    for face in FACES.values():
        if face.source and not face.built.is_file():
            face.built.parent.mkdir(parents=True, exist_ok=True)
            half = face.built.with_suffix(".half")
            _cut(face.source, half)
            half.replace(face.built)
            made.append(face.built)
    return made


def _cut(source: Path, target: Path) -> None:
    options = Options()
    options.flavor = "woff2"
    options.layout_features = list(FEATURES)
    options.hinting = False
    options.notdef_outline = True
    options.drop_tables += ["meta", "DSIG"]
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14, 16, 17, 25]
    wanted = Subsetter(options)
    wanted.populate(unicodes=[code for first, last in RANGES for code in range(first, last + 1)])
    with TTFont(source, lazy=True) as font:
        wanted.subset(font)
        font.flavor = "woff2"
        font.save(target)


@cache
def _inside(package: str, file: str) -> Path | None:
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        return None
    path = Path(spec.origin).parent / "files" / file
    return path if path.is_file() else None
