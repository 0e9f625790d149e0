"""Is a post in a language the student knows? What its source declared, then its script, then its little words.

The guess is made only where nothing was declared. It errs towards scoring: a post in Latin letters counts as English
unless more of its little words belong to other languages than to English.
"""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from handrail.engine.sentiment import alphabet as a
from handrail.engine.sentiment.features import Hashes, token_hash

COVERED = "en"
_UNDECLARED = {"", "und", "mul", "zxx", "mis"}
_SCRIPT_WEIGHT = 2  # one letter of a script with larger units says about as much as two Latin ones

# Frequent little words, and those that thank or praise; what English writes alike, or uses as a name, votes for none.
_ENGLISH = """
the and of to you it that was for are with his they be at this have from or had by but not what all were we when your
can there an each which she do how their if will up other about out many then them these so some her would like him into
has look more go see no way could my than been who its now did get just i i'm it's don't can't didn't isn't that's
you're i've i'll won't because still only after before over never always really very much every here where why too
"""
_FOREIGN = """
el los las una unos del por para pero como más muy esta este eso está son ser tiene porque cuando donde también todo qué
yo tú mi su sus lo le les nos ya sí hay fue han nada bien gracias hoy siempre
les des une est pas dans pour avec sur qui que vous nous je tu ils elle mais ou où très plus tout cette ces sont être
avoir fait c'est j'ai n'est qu'il d'un d'une aux leur mes ses merci aussi
der das und ist nicht ein eine einen dem den mit auf für von zu ich du er sie wir ihr aber auch nur noch schon sehr wie
wenn oder im zum zur bei nach aus kein keine mehr heute immer
os um uma não com mas mais muito está são ser isso essa ele ela você eu meu minha seu sua dos das nos nas pelo pela foi
tem já só também obrigado hoje
il gli della di che è per non una sono con ma anche come più questo questa molto perché ho ha hai sei siamo nel alla dei
delle grazie oggi sempre
het een van niet en ik je dat zijn voor maar ook nog wel naar bij als heel deze dit heb heeft geen wij jij
och att det som en är jag inte på med av för men så vi har till ett kan från
og jeg ikke det er på med til av så men vi har hvor
yang dan di ini itu dengan untuk tidak ada saya kamu aku dari ke akan bisa sudah juga nya gak apa
ang ng mga sa na ako ikaw siya hindi ito ay po ba lang naman
ve bir bu için çok ama ne da de değil var ben sen gibi daha mi
merci j'adore qu'on n'ai d'être l'hôtel c'était très trop quel quelle donc toujours jamais
danke wir ihr gerne schön gut leider hier sind war waren hat habe kann ganz wurde alles nichts mein meine
gracias encanta buen buena mejor todos ahora hola buenos servicio estaba tengo siempre nunca
obrigada bom boa adorei péssimo atendimento nunca agora todos estava estou gostei
grazie buono bello bellissimo quando stato stata ancora mai tutto tutti abbiamo servizio
bedankt dank heb goed was't waarom werd zoals onze mijn jullie
và là của không được rất này cho với những một các
çok güzel teşekkürler iyi kadar sonra daha olarak mı değil
saya bagus terima kasih sangat sekali karena
nie się jest na że to jak ale tak co czy mnie już dla przez tylko bardzo
"""
_AMBIGUOUS = """
a ada air al ale all als an ancora apa as at av ay ba be bei ben bien bin bom bon bu co com come con da dan das de
dem den des det di die dit do dos du el ela ele en er es est ett ex gak gut ha han har has hay he her him i il im in
is it ito jak je kan ke ko la lang las le les lo los ma mai man mas me men mi mit more na ne ng no non nos nya och
of ok on or os ou par pas per plus po pour pro que sa see sei sen ser seu si so son su sua sur sí tak till to tout
tu um up van var ve vi via war was we wel ya yo
"""


def declared_covered(langs: Sequence[str]) -> bool | None:
    """Whether any declared language is covered; None where the source declared nothing usable."""
    known = [primary for code in langs if (primary := _primary(code)) not in _UNDECLARED]
    return COVERED in known if known else None


def covered(tallies: NDArray[np.int32], declared: Sequence[bool | None]) -> NDArray[np.bool_]:
    """Which posts to score, from their tallies and what was declared of each."""
    script = tallies[:, a.OTHER_LETTERS] * _SCRIPT_WEIGHT <= tallies[:, a.PLAIN_LETTERS]
    foreign = tallies[:, a.FOREIGN_VOTES]
    guess = foreign <= tallies[:, a.COVERED_VOTES]
    said = np.array([-1 if claim is None else int(claim) for claim in declared], np.int8)
    agreed: NDArray[np.bool_] = script & np.where(said < 0, guess, said == 1)
    return agreed


@lru_cache(maxsize=1)
def votes() -> tuple[Hashes, Hashes]:
    """The sorted hashes of the little words that vote for English, and of those that vote for another language."""
    english = set(_ENGLISH.split())
    return hashes(english), hashes(set(_FOREIGN.split()) - english - set(_AMBIGUOUS.split()))


def hashes(words: set[str]) -> Hashes:
    """The sorted hashes of words, as the readers look them up."""
    return np.array(sorted(token_hash(word) for word in words), np.uint64)


def _primary(code: str) -> str:
    return code.strip().lower().replace("_", "-").split("-")[0]
