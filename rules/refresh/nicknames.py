#!/usr/bin/env python3
"""Makes rules/dedupe/nicknames.tsv.

    rules/refresh/nicknames.py FOLDER > rules/dedupe/nicknames.tsv

FOLDER holds carltonnorthern_names.csv (name1,has_nickname,name2), pseudopeople_nicknames.csv (name,
nickname_1 ...), male_diminutives.csv and female_diminutives.csv (name, short forms): English lists.
Short forms of other languages are in rules/dedupe/nicknames_europe.tsv, by hand.
"""
import csv
import os
import re
import sys
import unicodedata

FILES = ("carltonnorthern_names.csv", "pseudopeople_nicknames.csv",
         "male_diminutives.csv", "female_diminutives.csv")
# (form, name) of the lists that are two people to us: slips, and the same name of the other sex.
WRONG = {("bill", "robert"), ("billy", "robert"), ("peter", "patrick"), ("moses", "amos"),
         ("erin", "aaron"), ("william", "wilma"), ("alexander", "alexandria"), ("edwin", "edwina"),
         ("frederick", "frederica"), ("lawrence", "laurinda"), ("emily", "emil"), ("bob", "bert")}
HEADER = """\
# Short and pet forms of English given names: each with the names it may stand for, in the
# spelling of comparison (lower case, no accents). A form and a name that share one of these names
# may be one person; what is two steps apart is not joined (chris is christopher or christine, who
# are two people). Add rows in nicknames.tsv.local: a form, a tab, its names with commas; "-" before
# a name takes it away again.
# Made by rules/refresh/nicknames.py from
# carltonnorthern/nicknames names.csv, 2691 pairs (Apache-2.0);
# ihmeuw/pseudopeople nicknames.csv, 1080 names (BSD-3-Clause, Copyright 2023, Institute for Health
# Metrics and Evaluation); HaJongler/diminutives.db, 544 names (public domain).
"""


def fold(name):
    text = unicodedata.normalize("NFKD", name.strip().casefold())
    return "".join(c for c in text if not unicodedata.combining(c))


def rows(path):
    """(name, [short forms]) of one file."""
    with open(path, newline="", encoding="utf-8") as file:
        for row in csv.reader(file):
            if row and row[0] not in ("name", "name1"):
                yield row[0], row[2:] if row[1] == "has_nickname" else row[1:]


def main(folder):
    formal = {}
    for name in FILES:
        for full, shorts in rows(os.path.join(folder, name)):
            full = fold(full)
            for short in map(fold, shorts):
                # Initials ("k.c.") and names of more words say too little.
                if short != full and all(re.fullmatch("[a-z]{2,}", n) for n in (short, full)):
                    formal.setdefault(short, set()).add(full)
    # Where the lists say both, the shorter is the form: a form that is a name of its long names
    # would make them meet in it.
    dropped = {(short, full) for short, fulls in formal.items() for full in fulls
               if (short, full) in WRONG or (full, short) in WRONG
               or short in formal.get(full, ()) and (len(full), full) < (len(short), short)}
    print(HEADER + "form\tnames")
    for short, fulls in sorted(formal.items()):
        kept = sorted(full for full in fulls if (short, full) not in dropped)
        if kept:
            print(f"{short}\t{','.join(kept)}")


main(sys.argv[1])
