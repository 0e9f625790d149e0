"""How the student reads bytes: what kind each byte is, the constants of the hash, and the size of the table."""

import numpy as np

TABLE_BITS = 20
LONGEST_TEXT = 2_000  # characters read of one post; the rest doesn't change how it sounds, and bounds the work

BREAK = 0x1E  # stands between two posts
LINK = 0x01  # stands for any web address
MENTION = 0x02  # stands for any @name
APOSTROPHE = 0x27

GAP, WORD, MARK, SYMBOL, MARKER = 0, 1, 2, 3, 4  # kinds of bytes, and so of tokens
PLAIN_LETTER, OTHER_LETTER = 1, 2  # Latin letters, and letters of every other script

# The columns of a tally, counted per post.
WORDS, COVERED_VOTES, FOREIGN_VOTES, PLAIN_LETTERS, OTHER_LETTERS = range(5)
TALLY_COLUMNS = 5

SHORTEST_GRAM, LONGEST_GRAM = 3, 5
NEGATION_REACH = 3  # words after "not" that are read as negated

POWER = np.uint64(0x9E3779B97F4A7C15)
POWER_INVERSE = np.uint64(pow(0x9E3779B97F4A7C15, -1, 2**64))
FIRST_TOKEN = np.uint64(0x51ED270B35A9C4F1)
PAIR = np.uint64(0xD6E8FEB86659FD93)
TRIPLE = np.uint64(0xA0761D6478BD642F)
LOUD = np.uint64(0x2545F4914F6CDD1D)
STRETCHED = np.uint64(0x8EBC6AF09C88C6E3)
NEGATED = np.uint64(0xE7037ED1A0B428DB)
GRAM = np.uint64(0x589965CC75374CC3)


def _kinds() -> np.ndarray:
    kinds = np.full(256, MARK, np.uint8)
    kinds[:0x21] = GAP
    kinds[0x7F] = GAP
    kinds[[LINK, MENTION]] = MARKER
    for first, last in ((0x30, 0x39), (0x41, 0x5A), (0x61, 0x7A), (0x5F, 0x5F), (0x80, 0xFF)):
        kinds[first : last + 1] = WORD
    kinds[[0xC2, 0xE2]] = SYMBOL
    kinds[0xF0:] = SYMBOL
    return kinds


def _symbol_lengths() -> np.ndarray:
    lengths = np.zeros(256, np.int64)
    lengths[0xC2] = 2
    lengths[0xE2] = 3
    lengths[0xF0:] = 4
    return lengths


def _lower() -> np.ndarray:
    lower = np.arange(256, dtype=np.uint8)
    lower[0x41:0x5B] += 32
    return lower


def _letters() -> np.ndarray:
    letters = np.zeros(256, np.uint8)
    letters[0x61:0x7B] = PLAIN_LETTER
    letters[0xC3:0xCA] = PLAIN_LETTER
    letters[0xCE:0xE2] = OTHER_LETTER
    letters[0xE3:0xEE] = OTHER_LETTER
    return letters


KIND = _kinds()
SYMBOL_LENGTH = _symbol_lengths()
LOWER = _lower()
LETTER = _letters()
