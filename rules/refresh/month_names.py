#!/usr/bin/env python3
"""Makes rules/normalize/month_names.tsv.

    npm pack cldr-dates-full                      # unpack into FOLDER/cldr-dates-full
    rules/refresh/month_names.py FOLDER > rules/normalize/month_names.tsv

Months and weekdays in 13 languages, wide and abbreviated, in running text and standing alone, from
the Unicode CLDR; prepositions and the like by hand.
"""
import json
import os
import re
import sys
import unicodedata

LANGUAGES = "en fi sv is nb da de fr es it nl pl pt".split()
# Words that may stand in a date and say nothing.
SKIPPED = {
    "klo": "fi", "kello": "fi", "kl": "sv nb da is", "klockan": "sv", "den": "sv nb da de", "d": "fi sv",
    "at": "en", "on": "en", "of": "en", "the": "en", "um": "de", "uhr": "de", "le": "fr", "a": "fr es",
    "de": "fr es pt", "del": "es", "el": "es", "las": "es", "la": "es", "alle": "it", "ore": "it", "il": "it",
    "om": "nl", "uur": "nl", "op": "nl", "godz": "pl", "godzina": "pl", "o": "pl", "r": "pl", "as": "pt",
"dia": "pt es", "hs": "es", "hrs": "en", "st": "en", "nd": "en", "rd": "en", "th": "en",
    "er": "fr", "na": "fi", "pvm": "fi", "date": "en fr", "datum": "de sv", "kuuta": "fi", "dne": "cs",
}
HALVES = {"am": "am", "pm": "pm", "a m": "am", "p m": "pm", "ap": "am", "ip": "pm", "fm": "am"}
# Abbreviations that people use and the CLDR does not have.
MONTHS_BY_HAND = {"sept": 9, "sepp": 9, "tammik": 1, "helmik": 2, "maalisk": 3, "huhtik": 4, "toukok": 5,
                  "kesak": 6, "heinak": 7, "elok": 8, "syysk": 9, "lokak": 10, "marrask": 11, "jouluk": 12,
                  "mrz": 3, "mar": 3, "abr": 4, "dic": 12}


def fold(name):
    special = {"æ": "ae", "ø": "o", "ð": "d", "þ": "th", "ł": "l", "ß": "ss"}
    text = "".join(special.get(c, c) for c in name.casefold())
    text = unicodedata.normalize("NFKD", text)
    text = "".join(c for c in text if not unicodedata.combining(c))
    return re.sub(r"[\W_]+", " ", text).strip()


def names(calendar, kind):
    for context in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            yield from calendar[kind][context][width].items()


def main(folder):
    package = os.path.join(folder, "cldr-dates-full")
    months, days = {}, {}
    for language in LANGUAGES:
        path = os.path.join(package, "main", language, "ca-gregorian.json")
        with open(path, encoding="utf-8") as file:
            calendar = json.load(file)["main"][language]["dates"]["calendars"]["gregorian"]
        for number, name in names(calendar, "months"):
            months.setdefault(fold(name), (int(number), set()))[1].add(language)
        for _, name in names(calendar, "days"):
            days.setdefault(fold(name), set()).add(language)
    rows = [(str(number), key, " ".join(sorted(found))) for key, (number, found) in months.items()]
    rows += [(str(number), key, "*") for key, number in MONTHS_BY_HAND.items() if key not in months]
    taken = set(months) | set(MONTHS_BY_HAND) | set(HALVES)
    rows += [("skip", key, " ".join(sorted(found))) for key, found in days.items() if key not in taken]
    taken |= set(days)
    rows += [("skip", key, found) for key, found in SKIPPED.items() if key not in taken]
    rows += [(half, key, "*") for key, half in HALVES.items()]
    with open(os.path.join(package, "package.json"), encoding="utf-8") as file:
        version = json.load(file)["version"]
    print("# Words in dates: meaning (1 to 12 a month; am, pm; skip: says nothing), name as it is compared")
    print("# (lower case, without accents and signs), languages. Add words in month_names.tsv.local.")
    print("# Made by rules/refresh/month_names.py from cldr-dates-full", version)
    print("# (Unicode-3.0, Copyright 2004-2026 Unicode, Inc.) and words collected for leadpipe.")
    print("meaning\tname\tlanguages")
    order = {"skip": 13, "am": 14, "pm": 15}
    for row in sorted(rows, key=lambda row: (order.get(row[0]) or int(row[0]), row[1])):
        print("\t".join(row))


if __name__ == "__main__":
    main(sys.argv[1])
