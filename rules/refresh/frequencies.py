#!/usr/bin/env python3
"""Makes the tables of how common a name or word is, for lead-dedupe.

    rules/refresh/frequencies.py FOLDER rules/dedupe

FOLDER holds <country>_given.tsv and <country>_surname.tsv (two comment lines, the second with
source_total=N, a header, then key, name, count, ... by falling count) and company_tokens.tsv
(comment, header, then scope, key, word, count, names). The offices and lists behind them are named
in the headers that this script writes. Only sources whose licence was read or is stated with the
data are used.
"""
import glob
import math
import os
import re
import sys

SHARE_MIN = 1e-4  # of a country's people: a name rarer everywhere is as good as unknown
BEARERS_MIN = 4   # of a name in Wikidata: fewer say nothing of its share
WORD_MIN = 5      # companies with the word
STEP = 16         # shares are written as sixteenths of a bit: -log2(share) * 16
POPULATION = {"norway_given": 5.4e6, "norway_surname": 5.4e6, "iceland_given": 357e3,
              "netherlands_surname": 17e6}  # cut by their source
CODES = {"austria": "AT", "belgium": "BE", "denmark": "DK", "finland": "FI", "france": "FR",
         "germany": "DE", "iceland": "IS", "ireland": "IE", "italy": "IT", "netherlands": "NL",
         "norway": "NO", "poland": "PL", "spain": "ES", "sweden": "SE", "switzerland": "CH",
         "uk": "GB", "us": "US"}
PARTIAL = {"netherlands", "iceland"}  # too few names to say that another is rare

GIVEN_CREDITS = """# Finland DVV 2022 (CC BY 4.0); Sweden SCB 2020 (CC0 1.0, source: SCB); Norway SSB 2021 (NLOD 2.0);
# Denmark DST 2020 (CC BY 4.0); Iceland Statistics Iceland 2019 (CC BY 4.0); Germany LABO / BerlinOnline
# and Stadt Koeln (CC BY 3.0 DE), Stadt Leipzig and Landeshauptstadt Muenchen (dl-de/by-2-0), births
# 2010-2023; Austria Statistik Austria (CC BY 4.0), births 1984-2020; Belgium Statbel (CC BY), 2009-2019;
# France INSEE 2022 (Licence Ouverte 2.0); Spain: own elaboration with data taken from the web site of
# INE, www.ine.es, 2021; Italy: ISTAT as in @italia-tools/faker 0.2.0-alpha.0 (MIT); Poland PESEL register
# (CC0 1.0); United Kingdom ONS, NRS, NISRA, births 1996-2016 (Open Government Licence v3.0); United
# States SSA, births 1940-2022 (public domain)."""
SURNAME_CREDITS = """# Finland DVV 2022 (CC BY 4.0); Sweden SCB 2020 (CC0 1.0, source: SCB); Norway SSB 2021 (NLOD 2.0);
# France INSEE 2008 (Licence Ouverte 2.0); Spain: own elaboration with data taken from the web site of
# INE, www.ine.es, 2021; United States Census Bureau 2010 (public domain); Denmark, Germany, Italy,
# Poland, United Kingdom, Ireland, Austria, Belgium, Switzerland, Iceland: Wikidata (CC0); Netherlands:
# published counts of the commonest (CC0)."""
TOKEN_CREDITS = """# United States: names of the SEC's registrants (company_tickers.json, a work of the US government,
# public domain). Legal forms are in normalize/legal_suffixes.tsv."""


def steps(share):
    return max(0, min(1023, round(-math.log2(share) * STEP)))


def person_shares(path):
    name = os.path.basename(path)[:-4]
    with open(path, encoding="utf-8") as file:
        lines = [line.rstrip("\n") for line in file]
    total = POPULATION.get(name) or int(re.search(r"source_total=(\d+)", lines[1]).group(1))
    shares = {}
    for line in lines[3:]:
        key, _, count, _, basis = line.split("\t")
        if basis == "w" and int(count) < BEARERS_MIN:
            continue
        key = key.replace(" ", "")
        shares[key] = shares.get(key, 0) + int(count) / total
    return shares


def people(folder, kind):
    """{name: {country: share}} and the number of countries that can say a name is rare"""
    found, countries = {}, 0
    for path in sorted(glob.glob(os.path.join(folder, f"*_{kind}.tsv"))):
        country = os.path.basename(path).split("_")[0]
        countries += country not in PARTIAL
        for key, share in person_shares(path).items():
            found.setdefault(key, {})[CODES[country]] = share
    return {key: by for key, by in found.items() if max(by.values()) >= SHARE_MIN}, countries


def words(folder):
    found = {}
    with open(os.path.join(folder, "company_tokens.tsv"), encoding="utf-8") as file:
        for line in file:
            cells = line.rstrip("\n").split("\t")
            if cells[0] == "us-sec" and int(cells[3]) >= WORD_MIN:
                found[cells[1]] = {"US": int(cells[3]) / int(cells[4])}
    return found, 1


def write(path, opening, credits, found, countries):
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        file.write(opening)
        file.write("# Columns: the name as compared (folded, blanks removed); the mean share over the countries; the\n")
        file.write("# share in each country where it is known, as CODE and number. A share is -log2 of it in\n")
        file.write("# sixteenths of a bit: 160 is 1 in 1024. Add or change names in a .local file.\n")
        file.write("# Made by rules/refresh/frequencies.py from\n" + credits + "\n")
        file.write("name\tshare\tcountries\n")
        for key, by in sorted(found.items()):
            mean = sum(by.values()) / max(countries, len(by))
            each = " ".join(f"{code}{steps(share)}" for code, share in sorted(by.items()) if share >= SHARE_MIN)
            file.write(f"{key}\t{steps(mean)}\t{each}\n")


def main(folder, out):
    os.makedirs(out, exist_ok=True)
    least = f"Names borne by {SHARE_MIN * 1e6:.0f} in a million people of some country"
    write(os.path.join(out, "surnames.tsv"), "# How common a family name is. " + least + ".\n",
          SURNAME_CREDITS, *people(folder, "surname"))
    write(os.path.join(out, "given_names.tsv"), "# How common a given name is. " + least + ".\n",
          GIVEN_CREDITS, *people(folder, "given"))
    write(os.path.join(out, "company_tokens.tsv"),
          f"# In what share of company names a word occurs. Words of {WORD_MIN} companies or more.\n",
          TOKEN_CREDITS, *words(folder))


if __name__ == "__main__":
    main(*sys.argv[1:3])
