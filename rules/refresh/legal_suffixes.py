#!/usr/bin/env python3
"""Makes rules/normalize/legal_suffixes.tsv.

    rules/refresh/legal_suffixes.py MERGED.tsv > rules/normalize/legal_suffixes.tsv

MERGED.tsv has one folded form a line: key, number of words, risk, compare, generic, countries,
sources, example. It joins the organisation types of opensanctions/rigour, the term data of
psolin/cleanco and the entity legal forms of the GLEIF ELF list; `sources` tells which. Forms that
are only words ("public institution", risk D) are never taken off a name and are left out here.
What stands by hand below is added or wins.
"""
import sys

# Forms that may stand before the name, with the countries where they do ("" = any).
LEADING = """oy ab oyj abp ky tmi kb hb as sia uab mb vsi ou asunto_oy as_oy koy kiinteisto_oy
bostads_ab brf pt cv sc sarl sas sasu eurl stichting firma fa aktiebolaget aktieselskabet ooo oao zao
pao ao ip ооо оао зао пао ао ип тоо тов фоп чп pp fop ltd_sti bv nv gmbh ets
pty ud зат пат ат eood ead et ks komanditselskabet interessentskabet""".split()
GLUED = {"株式会社": "JP", "有限会社": "JP", "合同会社": "JP", "有限公司": "CN,HK,TW", "股份有限公司": "CN,TW",
         "有限责任公司": "CN", "주식회사": "KR"}
BY_HAND = {
    "corporation": ("A", "corp", ""), "corp": ("A", "corp", ""), "company": ("C", "co", ""),
    "incorporated": ("A", "inc", ""), "limited": ("A", "ltd", ""), "osakeyhtio": ("A", "oy", "FI"),
    "julkinen osakeyhtio": ("A", "oyj", "FI"), "asunto oy": ("A", "asoy", "FI"),
    "as oy": ("A", "asoy", "FI"), "kiinteisto oy": ("A", "koy", "FI"), "koy": ("A", "koy", "FI"),
    "tmi": ("A", "tmi", "FI"), "t mi": ("A", "tmi", "FI"), "toiminimi": ("A", "tmi", "FI"),
    "ab oy": ("A", "oy", "FI"), "oy ab": ("A", "oy", "FI"), "oy": ("A", "oy", "FI"),
    "oyj": ("A", "oyj", "FI"), "oyj abp": ("A", "oyj", "FI"), "abp": ("A", "abp", "FI"),
    "ky": ("B", "ky", "FI"), "ab publ": ("A", "ab", "SE"), "publ": ("A", "publ", "SE,FI"),
    "aktiebolag": ("A", "ab", "SE,FI"), "aktiebolaget": ("A", "ab", "SE"),
    "ab": ("B", "ab", "FI,SE,AX,LT"), "brf": ("A", "brf", "SE"), "stichting": ("A", "stichting", "NL"),
    "firma": ("C", "firma", ""), "fa": ("B", "fa", "DE,AT,SE,CZ"), "sociedad anonima de capital variable":
    ("A", "sadecv", "MX"), "sociedade anonima": ("A", "sa", "BR,PT"), "spolka z oo": ("A", "sp zoo", "PL"),
    "and co": ("A", "co", ""), "and company": ("A", "co", ""), "co": ("B", "co", "US,CA,GB,JP,KR,CN"),
    "gmbh": ("A", "gmbh", "DE,AT,CH"), "gesellschaft mbh": ("A", "gmbh", "DE,AT"),
    "mbh": ("A", "mbh", "DE,AT"), "c por a": ("A", "cpora", "DO"),
}
# Read as forms by one source, but ordinary words in names.
NEVER = {"the", "and", "group", "holding", "holdings", "bank", "international", "national", "a", "e",
         "trust", "fund", "foundation", "institute", "association", "club", "union", "school",
         "university", "hospital", "cooperative", "coop", "partnership", "partners", "services",
         "systems", "solutions", "office", "agency", "center", "centre", "studio", "shop", "store"}

# Forms that are also words or names: only with evidence.
DOUBTFUL = set("""all ant bad bund canton cantone charity chartered commune comune community confederation
confederazione district distretto etat bezirk gemeinde gar ike per pat pac private procura prokura
procuration son spa sep sic stg ste tub vos vat zoo unlimited verein undivided unipersonale fop dat ovee ses
cpt ngo npo fon fond kor koop kao mei pse src elp sim max see fin reit persero perum artel sam san sal dac
cia lca ldc cic cac pal aam sac siz obo coop ean kar stab""".split())


def main(path):
    forms = {}
    with open(path, encoding="utf-8") as file:
        for line in file:
            if line.startswith(("#", "key\t")):
                continue
            key, words, risk, compare, generic, countries, sources, *_ = line.rstrip("\n").split("\t")
            if risk == "D" or key in NEVER or int(words) > 6:
                continue
            if sources in ("elf", "elf-name") and len(key) == 1:
                continue
            forms[key] = [risk, compare, generic, countries, sources]
    for key in DOUBTFUL & set(forms):
        forms[key][0] = "B"
    for key, (risk, compare, countries) in BY_HAND.items():
        old = forms.get(key, ["", "", "", "", ""])
        joined = sorted({c for c in (old[3] + "," + countries).split(",") if c})
        if not countries:
            joined = []
        sources = "hand" if not old[4] else old[4] if "hand" in old[4] else old[4] + ",hand"
        forms[key] = [risk, compare, old[2], ",".join(joined), sources]
    leading = {form.replace("_", " ").strip() for form in LEADING}
    for form in sorted(leading - set(forms)):
        forms[form] = ["B" if len(form) < 3 else "A", form.replace(" ", ""), "", "", "hand"]
    for form, countries in GLUED.items():
        old = forms.get(form, ["A", "", "", "", "hand"])
        forms[form] = ["A", old[1], old[2], old[3] or countries, old[4]]
    print("# Legal forms of companies, taken off a name to compare it. form: as compared (lower case, no")
    print("# accents or signs, dots and slashes joined: S.p.A. is spa). risk: A taken off whenever it ends")
    print("# the name; B only with evidence (its country, after a comma, in capitals, beside another form);")
    print("# C only when two other words are left. where: l = also before the name, g = also glued to it.")
    print("# compare: the same form in one spelling; generic: its kind over borders. Add forms in")
    print("# legal_suffixes.tsv.local.")
    print("# Made by rules/refresh/legal_suffixes.py from opensanctions/rigour 8f4044d org types (MIT),")
    print("# psolin/cleanco cb70b70 term data (MIT), the GLEIF ELF code list v1.5 of 2023-09-28 (GLEIF LEI")
    print("# data terms of use: CC0 1.0), and forms collected for leadpipe.")
    print("form\trisk\twhere\tcompare\tgeneric\tcountries\tsources")
    for key, (risk, compare, generic, countries, sources) in sorted(forms.items()):
        where = "g" if key in GLUED else "l" if key in leading else ""
        print("\t".join([key, risk, where, compare, generic, countries, sources]))


if __name__ == "__main__":
    main(sys.argv[1])
