#!/usr/bin/env python3
"""Makes rules/normalize/person_names.tsv.

    rules/refresh/person_names.py FOLDER > rules/normalize/person_names.tsv

FOLDER holds <country>_given.tsv and <country>_surname.tsv: two comment lines (the second with
source_total=N), a header, then key, name, count, ... by falling count; the statistics offices and
lists behind them are named in the header that this script writes.
"""
import glob
import math
import os
import re
import sys

SHARE_MIN = 1e-4  # of a country's people: rarer names say too little
# Tables cut by their source: there the share is of the population.
POPULATION = {"norway_given": 5.4e6, "norway_surname": 5.4e6, "iceland_given": 357e3,
              "netherlands_surname": 17e6}
CREDITS = """Finland DVV (CC BY 4.0); Sweden SCB (CC0, source: SCB); Norway SSB (NLOD 2.0); Denmark DST
# (CC BY 4.0); Iceland Statistics Iceland (CC BY 4.0); Germany LABO / BerlinOnline, Stadt Koeln (CC BY
# 3.0 DE), Stadt Leipzig, Landeshauptstadt Muenchen (dl-de/by-2-0); Austria Statistik Austria (CC BY
# 4.0); Belgium Statbel (CC BY); France INSEE (Licence Ouverte 2.0); Spain: own elaboration with data
# taken from the web site of INE, www.ine.es; Italy: ISTAT as in @italia-tools/faker (MIT); Poland
# PESEL register (CC0 1.0); United Kingdom ONS, NRS, NISRA (Open Government Licence v3.0); United
# States SSA and Census Bureau (public domain); other surnames Wikidata (CC0)."""


def strengths(path, found, column):
    name = os.path.basename(path)[:-4]
    with open(path, encoding="utf-8") as file:
        lines = [line.rstrip("\n") for line in file]
    total = POPULATION.get(name) or int(re.search(r"source_total=(\d+)", lines[1]).group(1))
    shares = {}
    for line in lines[3:]:
        key, _, count, *_ = line.split("\t")
        shares[key] = shares.get(key, 0) + int(count) / total
    for key, share in shares.items():
        if share >= SHARE_MIN and " " not in key:
            strength = max(1, round(math.log2(share * 1e6)) - 5)
            row = found.setdefault(key, [0, 0])
            row[column] = max(row[column], strength)


def main(folder):
    found = {}
    for path in sorted(glob.glob(os.path.join(folder, "*_given.tsv"))):
        strengths(path, found, 0)
    for path in sorted(glob.glob(os.path.join(folder, "*_surname.tsv"))):
        strengths(path, found, 1)
    print("# How usual a word is as a given name and as a family name: 0 not known, then one step for each")
    print("# doubling of its share in the country where it is commonest, from 100 in a million on.")
    print("# Used to see the order of names in a column, never to decide on one row alone.")
    print("# Made by rules/refresh/person_names.py from published name statistics of 2016 to 2023:")
    print("#", CREDITS)
    print("name\tgiven\tfamily")
    for key, (given, family) in sorted(found.items()):
        print(f"{key}\t{given}\t{family}")


if __name__ == "__main__":
    main(sys.argv[1])
