#!/usr/bin/env python3
"""Makes rules/normalize/countries.tsv.

    npm pack cldr-localenames-full i18n-iso-countries     # unpack each into FOLDER/<package name>
    rules/refresh/countries.py FOLDER > rules/normalize/countries.tsv

Names in 13 languages from the Unicode CLDR and, as a second opinion, from i18n-iso-countries,
alpha-2 and alpha-3 codes, and the spellings of countries_by_hand.tsv beside this script. A name
that two countries share is left out unless it is in the list by hand.
"""
import json
import os
import re
import sys
import unicodedata

LANGUAGES = "en fi sv is nb da de fr es it nl pl pt et lv lt".split()


def load(*parts):
    with open(os.path.join(*parts), encoding="utf-8") as file:
        return json.load(file)


def fold(name):
    text = unicodedata.normalize("NFKD", name.casefold())
    text = "".join(c for c in text if not unicodedata.combining(c))
    return re.sub(r"[\W_]+", " ", text.replace("&", " and ")).strip()


def version(folder, package):
    return load(folder, package, "package.json")["version"]


def collect(folder):
    """Yields (country, name, language)."""
    codes = load(folder, "i18n-iso-countries", "codes.json")
    known = {code[0] for code in codes}
    for alpha2, alpha3, *_ in codes:
        yield alpha2, alpha2, "-"
        yield alpha2, alpha3, "-"
    for language in LANGUAGES:
        names = load(folder, "cldr-localenames-full", "main", language, "territories.json")
        names = names["main"][language]["localeDisplayNames"]["territories"]
        for code, name in names.items():
            alpha2 = code.split("-alt-")[0]
            if alpha2 in known and len(name) > 2:
                yield alpha2, name, language
    for language in LANGUAGES:
        file = {"nb": "no"}.get(language, language)
        names = load(folder, "i18n-iso-countries", "langs", file + ".json")["countries"]
        for alpha2, spellings in names.items():
            for name in [spellings] if isinstance(spellings, str) else spellings:
                if len(name) > 2:
                    yield alpha2, name, language


def main(folder):
    by_hand = {}
    here = os.path.dirname(os.path.abspath(__file__))
    with open(os.path.join(here, "countries_by_hand.tsv"), encoding="utf-8") as file:
        for line in file:
            if not line.startswith(("#", "country\t")):
                country, name = line.rstrip("\n").split("\t")
                by_hand[fold(name)] = (country, name)
    found = {}
    for country, name, language in collect(folder):
        entry = found.setdefault(fold(name), {"name": name, "countries": [], "languages": []})
        if country not in entry["countries"]:
            entry["countries"].append(country)
        if language not in entry["languages"]:
            entry["languages"].append(language)
    rows = []
    for key, entry in found.items():
        if key in by_hand:
            continue
        is_code = entry["languages"][0] == "-"
        if len(entry["countries"]) > 1 and not is_code:
            print("ambiguous, left out:", entry["name"], entry["countries"], file=sys.stderr)
            continue
        rows.append((entry["countries"][0], entry["name"], " ".join(entry["languages"])))
    rows += [(country, name, "*") for country, name in by_hand.values()]
    print("# How countries are written, and their ISO 3166-1 alpha-2 code.")
    print("# Columns: country, name (compared without case, accents and signs), languages (- a code,")
    print("# * any). Add spellings in countries.tsv.local.")
    print("# Made by rules/refresh/countries.py from")
    print("#   cldr-localenames-full", version(folder, "cldr-localenames-full"),
          "(Unicode-3.0, Copyright 2004-2026 Unicode, Inc.),")
    print("#   i18n-iso-countries", version(folder, "i18n-iso-countries"),
          "(MIT, Copyright 2016 widdix GmbH),")
    print("#   and spellings collected for leadpipe.")
    print("country\tname\tlanguages")
    for row in sorted(rows):
        print("\t".join(row))


if __name__ == "__main__":
    main(sys.argv[1])
