"""Writes the demo organisation's workforce file and its month of posts, from word lists, always the same.

Run `python tools/make_demo.py` after changing a list. The files are input like anyone's: `handrail demo` fills the
dates in ({D-12} a day, {N-95} minutes before now) and hands them to the ordinary importers.
"""

import csv
import json
import random
from pathlib import Path

from demo_words import FAMILY, GIVEN, HOTELS, LEAVES, NAMED, OUTLETS, POSTS, SLOTS

PLACE = Path(__file__).resolve().parent.parent / "handrail" / "demo"
HEADER = [
    "Staff no",
    "Known as",
    "Work email",
    "Reports to",
    "Property",
    "Dept",
    "Job",
    "Grade",
    "Country",
    "Lang",
    "Start",
    "Last day",
]
FUNCTIONS = [
    ("Front office", ["Receptionist", "Night porter", "Concierge"]),
    ("Housekeeping", ["Room attendant", "Linen keeper", "Floor housekeeper"]),
    ("Food and drink", ["Waiter", "Bartender", "Breakfast host"]),
    ("Kitchen", ["Commis chef", "Chef de partie", "Kitchen porter"]),
    ("Maintenance", ["Technician", "Gardener"]),
]


def mail(name: str, taken: set[str]) -> str:
    """An address made from a name, unlike all others."""
    plain = name.lower()
    for accented, letter in zip("áàâãåäéèêëíïóôõöøúüçñßæ", "aaaaaaeeeeiiooooouucnsa", strict=True):
        plain = plain.replace(accented, letter)
    base = "".join(c for c in plain.replace(" ", ".") if c.isalnum() or c == ".")
    address, count = f"{base}@harbourpine.example", 1
    while address in taken:
        count += 1
        address = f"{base}{count}@harbourpine.example"
    taken.add(address)
    return address


def workforce(rng: random.Random) -> list[list[str]]:
    """The rows of people.csv: head office by name, then each hotel with its manager, department heads and teams."""
    rows: list[list[str]] = []
    taken: set[str] = set()

    def add(name: str, boss: str, unit: str, function: str, job: str, grade: str, country: str, lang: str) -> str:
        address = mail(name, taken)
        number = f"{4000 + len(rows):06d}"
        start = f"{{D-{rng.randint(20, 3000)}}}"
        rows.append(
            [number, name, address, boss, unit, function, job, grade, country, lang, start, LEAVES.get(name, "")]
        )
        return address

    known: dict[str, str] = {}
    for name, boss, function, job, grade, country in NAMED:
        known[name] = add(name, known.get(boss, ""), "Head office", function, job, grade, country, "en")
    used = set(known)

    def somebody(lang: str) -> str:
        while True:
            name = f"{rng.choice(GIVEN[lang])} {rng.choice(FAMILY[lang])}"
            if name not in used:
                used.add(name)
                return name

    for hotel, country, lang, size in HOTELS:
        manager = add(somebody(lang), known["Ruth Abernathy"], hotel, "Management", "Hotel manager", "6", country, lang)
        for function, jobs in FUNCTIONS:
            head = add(somebody(lang), manager, hotel, function, f"{function} lead", "4", country, lang)
            for _ in range(rng.randint(max(size - 2, 2), size + 2)):
                tongue = lang if rng.random() < 0.7 else rng.choice(list(GIVEN))
                grade = rng.choice(["1", "1", "2", "2", "3"])
                add(somebody(tongue), head, hotel, function, rng.choice(jobs), grade, country, tongue)
    return rows


def fill(text: str, rng: random.Random, hotel: str) -> str:
    """A post with its gaps filled."""
    out = text.replace("{hotel}", hotel)
    for gap, words in SLOTS.items():
        while "{" + gap + "}" in out:
            out = out.replace("{" + gap + "}", rng.choice(words), 1)
    return out


def posts(rng: random.Random) -> list[dict[str, str]]:
    """The month of posts: an everyday stream by hour of the day, one burst, one complaint this morning."""
    hours = [1, 1, 1, 0, 0, 1, 3, 6, 8, 8, 7, 7, 8, 7, 6, 6, 7, 9, 10, 10, 9, 7, 5, 2]
    made: list[dict[str, str]] = []
    towns = [hotel for hotel, *_ in HOTELS]

    def put(when: str, kind: str, lang: str, town: str) -> None:
        made.append({"when": when, "text": fill(rng.choice(POSTS[kind][lang]), rng, town), "lang": lang})

    for day in range(30, 0, -1):
        for _ in range(rng.randint(28, 44)):
            hour = rng.choices(range(24), hours)[0]
            when = f"D-{day} {hour:02d}:{rng.randint(0, 59):02d}:{rng.randint(0, 59):02d}"
            kind = rng.choices(["praise", "plain", "complaint", "elsewhere"], [34, 26, 16, 24])[0]
            lang = rng.choice([each for each in POSTS[kind] for _ in range(6 if each == "en" else 1)])
            put(when, kind, lang, rng.choice(towns))
    for _ in range(64):
        minute = int(rng.triangular(0, 95, 25))
        when = f"D-2 {9 + (40 + minute) // 60:02d}:{(40 + minute) % 60:02d}:{rng.randint(0, 59):02d}"
        put(when, "lifts", rng.choice(["en", "en", "pt", "pt", "es"]), "Lisbon")
    made.append({"when": "N-71", "text": POSTS["room"]["en"][0], "lang": "en"})
    return made


def as_jetstream(number: int, post: dict[str, str], rng: random.Random) -> str:
    """One post as a Jetstream v1 line; the times are still tokens."""
    mark = post["when"]
    author = f"did:plc:demo{rng.randint(1, 420):04d}"
    record = {"$type": "app.bsky.feed.post", "createdAt": f"{{T{mark}}}", "langs": [post["lang"]], "text": post["text"]}
    commit = {"rev": f"3demo{number:08d}", "operation": "create", "collection": "app.bsky.feed.post"}
    commit |= {"rkey": f"3demo{number:08d}", "cid": f"bafydemo{number:08d}"}
    line = {"did": author, "time_us": f"{{U{mark}}}", "kind": "commit", "commit": {**commit, "record": record}}
    return json.dumps(line, ensure_ascii=False).replace(f'"{{U{mark}}}"', f"{{U{mark}}}")


def main() -> None:
    """Write people.csv, posts.jsonl and reviews.csv."""
    rng = random.Random(20)
    with (PLACE / "people.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(HEADER)
        writer.writerows(workforce(rng))
    stream = posts(rng)
    with (PLACE / "posts.jsonl").open("w", encoding="utf-8") as file:
        for number, post in enumerate(stream):
            file.write(as_jetstream(number, post, rng) + "\n")
    with (PLACE / "reviews.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["Date", "Headline", "URL", "Opening Text", "Source", "Country", "Language", "Reach", "AVE"])
        for number in range(120):
            kind = rng.choices(["praise", "complaint", "plain"], [5, 3, 2])[0]
            text = fill(rng.choice(POSTS[kind]["en"]), rng, rng.choice([hotel for hotel, *_ in HOTELS]))
            when = f"{{D-{rng.randint(1, 30)} {rng.randint(7, 22):02d}:{rng.randint(0, 59):02d}:00}}"
            url = f"https://reviews.example/r/{9000 + number}"
            writer.writerow([when, "Guest review", url, text, rng.choice(OUTLETS), "", "English", "", "120.50"])


if __name__ == "__main__":
    main()
