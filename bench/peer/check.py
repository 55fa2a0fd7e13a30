#!/usr/bin/env python3
"""Does the job of JOB.md plainly and compares: check.py INPUT OUTPUT.

Says which record and column differ first, and ends 0 only when all of OUTPUT is as it should be.
Written from JOB.md, not from the SQL; slow and simple on purpose (about 60,000 rows a second).
"""

import csv
import re
import string
import sys

BLANKS = " \t\n\v\f\r"
CALLING_CODES = {
    "US": "1", "CA": "1", "GB": "44", "DE": "49", "FR": "33", "NL": "31",
    "FI": "358", "SE": "46", "NO": "47", "DK": "45", "ES": "34", "AU": "61",
}
LEGAL_FORMS = [
    form.split()
    for form in (
        "inc,llc,corp,co,group,ltd,pty ltd,plc,gmbh,gmbh co kg,ag,kg,sa,s a,sarl,sas,bv,b v,nv,"
        "oy,oyj,ab,aktiebolag,as,asa,a s,aps,sl"
    ).split(",")
]
LOCAL_CHARACTERS = set(string.ascii_lowercase + string.digits + ".!#$%&'*+/=?^_`{|}~-")
LABEL_CHARACTERS = set(string.ascii_lowercase + string.digits + "-")
FREE_MAIL = ("gmail googlemail yahoo hotmail outlook icloud aol gmx web live protonmail").split()
THROW_AWAY = "mailinator guerrillamail 10minutemail tempmail yopmail".split()

# Points, column, pattern; the columns as written to OUTPUT.
PATTERN_RULES = [
    (30, "job_title", r"\b(ceo|cto|cfo|coo|cmo|cio|chief|founder|owner|president)\b"),
    (20, "job_title", r"\b(vp|vice president|head of|director)\b"),
    (10, "job_title", r"\b(manager|lead|principal)\b"),
    (-15, "job_title", r"\b(intern|student|assistant|trainee)\b"),
    (10, "company", r"\b(bank|capital|insurance|financial|health|pharma|logistics|software|cloud|data)\b"),
    (15, "source", r"^(referral|webinar|partner|chat)"),
    (-10, "source", r"^(purchased_list|direct_mail)"),
    (10, "notes", r"\b(budget|pricing|urgent|asap|demo)\b"),
]
PATTERN_RULES = [(p, c, re.compile(x, re.ASCII | re.IGNORECASE)) for p, c, x in PATTERN_RULES]

ASCII_LOWER = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)
ASCII_UPPER = str.maketrans(string.ascii_lowercase, string.ascii_uppercase)


def is_email(address):
    local, at, domain = address.partition("@")
    labels = domain.split(".")
    return bool(
        at
        and local
        and set(local) <= LOCAL_CHARACTERS
        and len(labels) > 1
        and all(
            label and len(label) <= 63 and set(label) <= LABEL_CHARACTERS
            and not label.startswith("-") and not label.endswith("-")
            for label in labels
        )
    )


def email_key(address):
    local, _, domain = address.partition("@")
    local = local.partition("+")[0]
    if domain in ("gmail.com", "googlemail.com"):
        return local.replace(".", "") + "@gmail.com"
    return local + "@" + domain


def e164(phone, country):
    typed = phone.replace("X", "x").partition("x")[0].replace("(0)", "")
    digits = "".join(c for c in typed if c in string.digits)
    code = CALLING_CODES.get(country)
    if phone.startswith("+"):
        number = digits
    elif digits.startswith("00"):
        number = digits[2:]
    elif code is None:
        return ""
    elif code == "1" and len(digits) == 11 and digits[0] == "1":
        number = digits
    else:
        number = code + (digits[1:] if digits.startswith("0") else digits)
    if not 8 <= len(number) <= 15 or number[0] == "0":
        return ""
    return "+" + number


def words(text):
    letters = string.ascii_lowercase + string.digits
    return "".join(c if c in letters else " " for c in text.translate(ASCII_LOWER)).split()


def company_key(company):
    parts = words(company)
    for form in sorted(LEGAL_FORMS, key=len, reverse=True):
        if len(parts) > len(form) and parts[-len(form):] == form:
            return " ".join(parts[: -len(form)])
    return " ".join(parts)


def snake_case(text):
    return re.sub("[^a-z0-9]+", "_", text.translate(ASCII_LOWER))


def score(lead):
    points = 0
    if lead["email_valid"] == "1":
        host = lead["email"].partition("@")[2]
        first, _, rest = host.partition(".")
        points += 10
        if first not in FREE_MAIL or not set(rest) <= set(string.ascii_lowercase + "."):
            points += 15
        if first in THROW_AWAY:
            points -= 30
    points += sum(p for p, column, pattern in PATTERN_RULES if pattern.search(lead[column]))
    points += 5 if lead["phone"] else 0
    points += 5 if lead["country"] in ("US", "GB", "DE", "CA", "AU") else 0
    return points


def normalise(row):
    lead = {name: value.strip(BLANKS) for name, value in row.items()}
    lead["email"] = lead["email"].translate(ASCII_LOWER)
    lead["website"] = lead["website"].translate(ASCII_LOWER)
    lead["country"] = lead["country"].translate(ASCII_UPPER)
    lead["source"] = snake_case(lead["source"])
    lead["phone"] = e164(lead["phone"], lead["country"])
    lead["company_key"] = company_key(lead["company"])
    lead["email_valid"] = "1" if is_email(lead["email"]) else "0"
    return lead


def expected(path):
    emails, phones = set(), set()
    with open(path, newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file, strict=True):
            lead = normalise(row)
            email = email_key(lead["email"]) if lead["email_valid"] == "1" else None
            phone = lead["phone"] or None
            is_first = email not in emails and phone not in phones
            emails.update({email} - {None})
            phones.update({phone} - {None})
            if not is_first:
                continue
            points = score(lead)
            lead["score"] = str(points)
            lead["tier"] = "hot" if points >= 60 else "warm" if points >= 30 else "cold"
            yield lead


def main():
    if len(sys.argv) != 3:
        sys.exit("usage: check.py INPUT OUTPUT")
    count = 0
    with open(sys.argv[2], newline="", encoding="utf-8") as file:
        got = csv.DictReader(file, strict=True)
        for want in expected(sys.argv[1]):
            have = next(got, None)
            count += 1
            if have is None:
                sys.exit(f"{sys.argv[2]}: ends before {want['lead_id']}")
            if have != want or list(have) != list(want):
                names = [n for n in want if have.get(n) != want[n]] or ["the columns"]
                sys.exit(
                    f"{sys.argv[2]}: record {count}, {want['lead_id']}, {names[0]}:"
                    f" {have.get(names[0])!r} should be {want.get(names[0])!r}"
                )
        if next(got, None) is not None:
            sys.exit(f"{sys.argv[2]}: goes on after record {count}")
    print(f"{count} records, all as they should be")


if __name__ == "__main__":
    main()
