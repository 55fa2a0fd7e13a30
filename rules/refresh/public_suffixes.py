#!/usr/bin/env python3
"""Makes rules/normalize/public_suffixes.txt and rules/normalize/hosted_suffixes.txt.

    rules/refresh/public_suffixes.py public_suffix_list.dat rules/normalize

The list comes with the Python package publicsuffixlist, with Debian's publicsuffix, or from
https://publicsuffix.org/list/public_suffix_list.dat. Its ICANN part says under what names domains
are registered; its private part names the companies that give out names below their own domain.
"""
import os
import sys
import unicodedata

HEADER = """# {what}
# One rule a line: a suffix, *.suffix (every name below it is one too), !name (an exception).
# Made by rules/refresh/public_suffixes.py from the Public Suffix List, version {version},
# commit {commit}. Mozilla Public License 2.0: https://mozilla.org/MPL/2.0/; the source form is
# https://publicsuffix.org/list/public_suffix_list.dat.
"""

# Listed as private, but sold to everybody as if they were top-level domains (CentralNic and others).
REGISTRIES = set("""ae.org br.com cn.com co.com com.de com.se de.com eu.com gb.net gr.com hu.net
in.net jp.net jpn.com mex.com ru.com sa.com se.net uk.com uk.net us.com us.org za.com co.nl co.no""".split())


def ascii_label(label):
    if label.isascii():
        return label
    return "xn--" + unicodedata.normalize("NFC", label.lower()).encode("punycode").decode("ascii")


def main(path, folder):
    parts = {"ICANN": [], "PRIVATE": []}
    facts = {"VERSION": "?", "COMMIT": "?"}
    part = None
    with open(path, encoding="utf-8") as file:
        for line in file:
            line = line.strip()
            if line.startswith("// ===BEGIN"):
                part = line.split()[2]
            for fact in facts:
                if line.startswith(f"// {fact}: "):
                    facts[fact] = line.split(": ", 1)[1]
            if line and not line.startswith("//"):
                rule = line.split()[0].lower()
                mark = "!" if rule.startswith("!") else ""
                labels = rule.removeprefix("!").split(".")
                place = "ICANN" if rule in REGISTRIES else part
                parts[place].append(mark + ".".join(map(ascii_label, labels)))
    for part, name, what in (
            ("ICANN", "public_suffixes.txt", "Names under which anybody can register a domain: the ICANN part, and registries of the private one."),
            ("PRIVATE", "hosted_suffixes.txt",
             "Domains whose owners give out names below them: such a site is not a company's domain.")):
        with open(os.path.join(folder, name), "w", encoding="utf-8") as out:
            out.write(HEADER.format(what=what, version=facts["VERSION"], commit=facts["COMMIT"]))
            out.write("\n".join(parts[part]) + "\n")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
