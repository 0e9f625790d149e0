"""How a key becomes a number: the same sum in plain Python here and in the compiled loops."""

from handrail.engine.matching.keys import EXACT_MARK, PAIR_MARK, RAW_MARK

PRIME = 1099511628211
SPREAD = 29
# One start per kind of key, so that the same letters as plain word, exact word and raw word are three numbers.
PLAIN_SEED, EXACT_SEED, RAW_SEED, START_SEED = (
    14695981039346656037 ^ (salt * 0x9E3779B97F4A7C15 & 0xFFFFFFFFFFFFFFFF) for salt in range(4)
)
# What a sign adds after the letters.
SIGNS = {"": 0, "#": 1, "@": 2}
_SIXTY_FOUR = (1 << 64) - 1


def hash_letters(seed: int, letters: str, sign: int = 0) -> int:
    """The number of a word's letters, with its sign."""
    value = seed
    for letter in letters:
        value = (value ^ ord(letter)) * PRIME & _SIXTY_FOUR
    return (value ^ sign) * PRIME & _SIXTY_FOUR if sign else value


def hash_key(key: str) -> int:
    """The number of the key of a word or of two in a row."""
    if PAIR_MARK in key:
        one, two = (hash_letters(PLAIN_SEED, word) for word in key.split(PAIR_MARK))
        return (one * PRIME & _SIXTY_FOUR ^ two) * PRIME & _SIXTY_FOUR
    seed = {EXACT_MARK: EXACT_SEED, RAW_MARK: RAW_SEED}.get(key[0], PLAIN_SEED)
    bare = key if seed == PLAIN_SEED else key[1:]
    sign = SIGNS.get(bare[0], 0)
    return hash_letters(seed, bare[1:] if sign else bare, sign)
