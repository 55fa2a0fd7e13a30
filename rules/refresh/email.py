#!/usr/bin/env python3
"""Writes the lists of rules/email/ that come from elsewhere.

    rules/refresh/email.py RAW_DIR [rules/email]

RAW_DIR holds what was fetched by hand, from the packages named in SOURCES, under the names below;
a .txt is one item a line, a .json an array, a .js any text with quoted items:

    tlds                     npm pack @hapi/tlds
    disposable               npm pack disposable-email-domains-js
    disposable_second_tier   domains_mx.txt of disposable/disposable-email-domains
    free                     npm pack email-providers (common.json) and freemail (data/free.txt)
    role                     npm pack role-based-email-addresses (src/index.js)
    public_suffix_list.dat   publicsuffix/list

Every list is written sorted, in lower case, as A-labels, without repeats, under a header that says
source, version, licence and number of entries. Hand-made lists (special_use, reserved, relay,
no_reply, junk, defunct, placeholder*, free_more, role_more, allow, block) and tables (providers, typos) are never touched;
allow, relay and free take entries out of the disposable lists, so that a bought list cannot bring
them in, and so do the mistyped domains of typos.tsv: whoever types gmial.com has a mailbox elsewhere.
After a refresh: change VERSION below, read the diff, run the tests of core/validate.
"""
import json
import os
import re
import sys

SOURCES = {  # output: (raw name, what it is, source and version, licence)
    "tlds": ("tlds", "Top-level domains of the DNS root, as A-labels.",
             "IANA root zone, version 2026082200, through npm @hapi/tlds 2.0.1",
             "facts; the package is BSD-3-Clause"),
    "disposable": ("disposable", "Throw-away mailbox services, reviewed by hand.",
                   "npm disposable-email-domains-js 1.26.0, of 2026-09-21",
                   "CC0-1.0"),
    "disposable_extended": ("disposable_second_tier",
                            "Throw-away mailbox services, second tier: collected by machines, "
                            "less sure.",
                            "disposable/disposable-email-domains domains_mx.txt, of 2026-08-08",
                            "MIT"),
    "free": ("free", "Domains where anybody gets a mailbox: free mail and access providers.",
             "npm email-providers 2.26.0 common.json and npm freemail 1.7.0 data/free.txt, "
             "without the disposable ones; with additions from Finland, Sweden and Iceland",
             "ISC (both)"),
    "role": ("role", "Local parts of shared mailboxes. Compared with the whole local part, its "
                     "tag and digits at its end cut.",
             "npm role-based-email-addresses 3.1.0, without what is as well a name or initials; "
             "with additions from the Nordic countries, Germany and France",
             "MIT"),
    "suffixes": ("public_suffix_list", "Public suffixes of two and more labels (ICANN part): no "
                                       "mailbox is at one of them.",
                 "publicsuffix/list, of 2026-08-19",
                 "MPL-2.0 (https://mozilla.org/MPL/2.0/)"),
}

FREE_ADDED = """saunalahti.fi telia.com bredband.net comhem.se simnet.is visir.is internet.is hey.com
kolumbus.fi elisanet.fi pp.inet.fi inet.fi luukku.com suomi24.fi netti.fi dnainternet.net
telenor.no online.no spray.se live.fi hotmail.fi outlook.dk hotmail.no onmicrosoft.com ezweb.ne.jp softbank.ne.jp i.softbank.jp
pm.me tutanota.com tuta.io tuta.com mailbox.org posteo.de fastmail.com""".split()

# Given names, surnames, places and initials: persons have such addresses, too.
ROLE_NAMES = """alexa alla paris sydney india gardner dean angels berlin boston chicago china
denver london seattle singapore stockholm montreal newyork sanfrancisco france
europe asia captain chef master stripe plex namecheap shopify instagram twitter
facebook wordpress jira salesforce itunes paypal looker ap bd ca cm com gm ip ir
la lt md mt ny nyc pd pm sf sfo sc ta uk us ux ar cs et com ios bot lab dreamteam
fun football food fte city class classof house home homes hola pay prime random
share single test testing test1 asd asdasd asdf aaa abc none null junk
undisclosed-recipients nobody noemail noresponse nospam spam plex.tv myplex
rockstars watercooler women ladies hackers hit-reply""".split()

ROLE_ADDED = """myynti asiakaspalvelu toimisto laskutus laskut tilaukset rekry tiedotus palaute
johto hallinto vastaanotto ostot kirjaamo salg faktura faktura.no kundservice kundtjanst
kundtjänst ekonomi reception receptionen ordre bestilling postmottak firmapost kundeservice support
info kontor order vd buchhaltung rechnung rechnungen bewerbung bewerbungen vertrieb einkauf
zentrale empfang kundenservice verwaltung poststelle accueil commande commandes facturation
comptabilite direction rh recrutement secretariat ventes webmaster hostmaster postmaster abuse
skrifstofa sala bokhald""".split()

LABEL = re.compile(r"^(?!-)[a-z0-9_-]{1,63}(?<!-)$")
PROTECTED_SUFFIXES = re.compile(r"(^|\.)(edu|gov|mil)(\.[a-z]{2})?$|(^|\.)ac\.[a-z]{2}$")


def raw_items(folder, name):
    for ending in ("txt", "json", "js", "dat"):
        path = os.path.join(folder, f"{name}.{ending}")
        if not os.path.exists(path):
            continue
        with open(path, encoding="utf-8") as file:
            if ending == "json":
                return json.load(file)
            if ending == "js":
                return re.findall(r"['\"]([^'\"\s]+)['\"]", file.read())
            return file.read().splitlines()
    sys.exit(f"email.py: {folder} holds no {name}.txt, .json, .js or .dat")


def a_label(domain):
    try:
        domain = domain.strip().strip(".").lower()
        return ".".join(part if part.isascii() else part.encode("idna").decode()
                        for part in domain.split("."))
    except UnicodeError:
        return ""


def domains(items):
    found = set()
    for item in items:
        name = a_label(item)
        if "#" in item or not name:
            continue
        if all(LABEL.match(label) for label in name.split(".")):
            found.add(name)
    return found


def suffixes(lines):
    found = set()
    for line in lines:
        if "===END ICANN DOMAINS===" in line:
            break
        rule = line.split()[0] if line.split() else ""
        if rule and "." in rule and not rule.startswith(("//", "*", "!")):
            found.add(a_label(rule))
    return found


def own(folder, name):
    path = os.path.join(folder, name + ".txt")
    with open(path, encoding="utf-8") as file:
        return {line.strip() for line in file if line.strip() and not line.startswith("#")}


def mistyped(folder):
    with open(os.path.join(folder, "typos.tsv"), encoding="utf-8") as file:
        rows = [line.split("\t")[0] for line in file if "\t" in line and not line.startswith("#")]
    return {wrong for wrong in rows[1:] if wrong[0] not in ".*"}


def roles(items):
    found = set()
    for item in list(items) + ROLE_ADDED:
        word = item.strip().lower().rstrip("0123456789")
        if len(word) > 1 and word not in ROLE_NAMES and "noreply" not in word:
            found.add(word)
    return found - {"do-not-reply", "do_not_reply", "no", "no-reply", "no.reply", "no_reply",
                    "no-reply-forms", "no.replay", "no.reply.alerts", "mailer-daemon"}


def write(folder, name, items):
    _, about, source, licence = SOURCES[name]
    with open(os.path.join(folder, name + ".txt"), "w", encoding="utf-8") as out:
        out.write(f"# {about}\n# source: {source}\n# licence: {licence}\n"
                  f"# entries: {len(items)}; written by refresh/email.py\n")
        out.writelines(item + "\n" for item in sorted(items))


def main():
    if not 2 <= len(sys.argv) <= 3:
        sys.exit(__doc__)
    raw, out = sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else "rules/email"
    read = {name: raw_items(raw, SOURCES[name][0]) for name in SOURCES}
    tlds = domains(read["tlds"])
    suffix = suffixes(read["suffixes"])
    allowed = own(out, "allow") | own(out, "relay") | mistyped(out)
    free = {d for d in domains(read["free"]) | set(FREE_ADDED)
            if "." in d and d.rsplit(".", 1)[1] in tlds} - suffix - own(out, "relay") - own(out, "reserved")

    def throw_away(items, without):
        return {d for d in domains(items)
                if "." in d and d.rsplit(".", 1)[1] in tlds and d not in suffix
                and d not in without and not PROTECTED_SUFFIXES.search(d)}

    disposable = throw_away(read["disposable"], allowed | set(FREE_ADDED))
    extended = throw_away(read["disposable_extended"], allowed | disposable | free)
    write(out, "tlds", tlds)
    write(out, "suffixes", suffix)
    write(out, "disposable", disposable)
    write(out, "disposable_extended", extended)
    write(out, "free", free - disposable)
    write(out, "role", roles(read["role"]))


main()
