#!/usr/bin/env python3
"""The parts of testdata/phones/differential that are not compiled. Needs the module `phonenumbers`
of the oracle's own version (Debian: python3-phonenumbers).

    differential.py extract                      its metadata as rules/refresh/phones.py reads it
    differential.py numbers NUMBERS ODD SEED     rows COUNTRY TAB TEXT: for each of the world's
                                                 numbering plans NUMBERS numbers, each written in
                                                 ten ways, and ODD texts that are odd in some way
    differential.py compare NUMBERS ORACLE OURS  counts what agrees, names what does not; ends 1
                                                 when less than 99.9 % does or a difference is of
                                                 no known kind (DIFFERENCES.md explains these)
"""
import collections
import random
import re
import sys

import phonenumbers
from make_oracle import TYPES, all_plans, draw, group, spoil, sre, write

NAMES = ['fixedLine', 'mobile', 'tollFree', 'premiumRate', 'personalNumber', 'voicemail', 'uan',
         'pager', 'voip', 'sharedCost']
AGREEMENT_MIN = .999
SHOWN = 3  # examples of each kind of difference


# --- the metadata -------------------------------------------------------------------------------

def lengths_of(desc):
    return ','.join(str(n) for n in desc.possible_length if n > 0)


def extract():
    order = {region: regions.index(region)
             for regions in phonenumbers.COUNTRY_CODE_TO_REGION_CODE.values()
             for region in regions if region != '001'}
    print('# from Python phonenumbers %s' % phonenumbers.__version__)
    print('\t'.join(['region', 'cc', 'order_in_cc', 'idd', 'national_prefix', 'np_for_parsing',
                     'np_transform', 'leading_digits', 'lengths', 'general'] +
                    [column for name in NAMES for column in (name, name + '_len')]))
    for plan in all_plans():
        row = [plan.id, plan.country_code, order.get(plan.id, 0), plan.international_prefix,
               plan.national_prefix, plan.national_prefix_for_parsing,
               re.sub(r'\\(\d)', r'$\1', plan.national_prefix_transform_rule or ''),
               plan.leading_digits, lengths_of(plan.general_desc),
               plan.general_desc.national_number_pattern]
        for name in TYPES:
            desc = getattr(plan, name)
            has_it = bool(desc and desc.national_number_pattern)
            row += [desc.national_number_pattern, lengths_of(desc)] if has_it else ['', '']
        print('\t'.join('' if cell is None else str(cell) for cell in row))


# --- the numbers --------------------------------------------------------------------------------

def ten_ways(source, plan, number):
    code, prefix = str(plan.country_code), plan.national_prefix or ''
    idd = re.sub(r'[^0-9].*', '', plan.international_prefix or '') or '00'
    whole = phonenumbers.PhoneNumber(country_code=plan.country_code, national_number=int(number))
    zeros = len(number) - len(number.lstrip('0'))
    if zeros:
        whole.italian_leading_zero, whole.number_of_leading_zeros = True, zeros
    yield '+' + code + number
    yield phonenumbers.format_number(whole, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    yield phonenumbers.format_number(whole, phonenumbers.PhoneNumberFormat.NATIONAL)
    yield prefix + number
    yield group(source, number)
    yield '+' + code + ' (' + (prefix or '0') + ') ' + group(source, number)
    yield idd + code + ' ' + group(source, number)
    yield '(' + prefix + number[:3] + ') ' + '.'.join(re.findall('..?.?', number[3:]))
    yield 'tel:+' + code + '-' + '-'.join(re.findall('..?', number)) + source.choice(
        ['', '', ';ext=%d' % source.randrange(1, 9999), ';isub=12'])
    yield prefix + group(source, number) + source.choice([' ext. ', ' x', ' #']) + str(
        source.randrange(1, 9999))


def numbers(count, odd, seed):
    source = random.Random(seed)
    plans = all_plans()
    regions = [plan.id for plan in plans if plan.id != '001']
    for plan in plans:
        trees = [sre.parse(getattr(plan, name).national_number_pattern) for name in TYPES
                 if getattr(plan, name) and getattr(plan, name).national_number_pattern]

        def number_of(spoilt):
            number = draw(source, source.choice(trees[:2] + trees))
            return (spoil(source, number) or '0') if source.random() < spoilt else number

        country = '--' if plan.id == '001' else plan.id
        for _ in range(count):
            for text in ten_ways(source, plan, number_of(.2)):
                print(country + '\t' + text)
        for _ in range(odd):
            region, text = write(source, plan, number_of(.2), regions)
            print(('--' if region == '001' else region) + '\t' + text)


# --- the comparison -----------------------------------------------------------------------------

# What phone_parse adds to libphonenumber's steps, by its reason: what it repairs, and what it reads
# otherwise although libphonenumber finds a valid number.
REPAIRS = {'excel_float', 'label', 'vanity', 'ext_label', 'several', 'idd_00', 'no_plus', 'plus_8',
           'trunk_zero', 'trunk_twice', 'mx_mobile_1', 'mx_trunk', 'br_ninth', 'bj_01', 'ci_mobile',
           'vn_mobile', 'co_fixed', 'it_zero'}
OTHERWISE = {'several', 'label', 'ext_label', 'placeholder', 'plus_8', 'excel_float', 'no_plus'}


# Since 8.13 libphonenumber refuses these, as we do; before, it took them for a text's end.
def is_malformed_context(text):
    context = re.search(r';phone-context=([^;]*)', text)
    return bool(context) and not re.fullmatch(
        r'\+[-().]*\d[-().\d]*|(?:[a-zA-Z\d](?:[-a-zA-Z\d]*[a-zA-Z\d])?\.)*'
        r'[a-zA-Z](?:[-a-zA-Z\d]*[a-zA-Z\d])?\.?', context[1])


def kind_of(text, theirs, ours):
    """None where both say the same, else the kind of the difference."""
    e164, kind, region, level, extension, reason = ours
    if theirs[3] == 'valid':
        if theirs == ours[:5]:
            return None
        if is_malformed_context(text):
            return 'refused: phone-context'
        if reason in OTHERWISE:
            return 'otherwise: ' + reason
        return 'kept: E.164' if text == e164 and not reason else 'unexplained: ' + reason
    if level == 'valid':
        return ('repaired: ' + reason) if reason in REPAIRS else (
            'kept: E.164' if text == e164 and not reason else 'unexplained: ' + reason)
    if theirs[3] == 'possible':
        if level == 'possible' and e164 == theirs[0]:
            return None
        if is_malformed_context(text):
            return 'refused: phone-context'
        if level == 'possible':
            return 'possible: another reading'
        return 'refused: ' + reason
    # Not possible, or an error: no number in either.
    return 'possible: words left out' if level == 'possible' else None


class Counts:
    def __init__(self):
        self.rows = collections.Counter()
        self.examples = collections.defaultdict(list)

    def add(self, kind, country, text, theirs, ours):
        self.rows[kind] += 1
        if len(self.examples[kind]) < SHOWN:
            self.examples[kind].append('%s %r: %s | %s' % (country, text, ' '.join(theirs),
                                                           ' '.join(ours)))

    def print(self):
        for kind, count in sorted(self.rows.items()):
            print('%9d  %s' % (count, kind))
            for example in self.examples[kind]:
                print('             ' + example)


def rows_of(path):
    with open(path, encoding='utf-8', newline='\n') as file:
        for line in file:
            yield line.rstrip('\n').split('\t')


def compare(numbers_path, oracle_path, ours_path):
    total, known, countries, steps, parsed = 0, 0, set(), Counts(), Counts()
    for (country, text), theirs, ours in zip(rows_of(numbers_path), rows_of(oracle_path),
                                             rows_of(ours_path)):
        total += 1
        countries.add(country)
        if theirs != ours[:5]:
            names = ['error or E.164', 'kind', 'region', 'level', 'extension']
            differ = [name for name, a, b in zip(names, theirs, ours) if a != b]
            is_known = is_malformed_context(text)
            known += is_known
            steps.add(('refused phone-context: ' if is_known else '') + ', '.join(differ), country,
                      text, theirs, ours[:5])
        kind = kind_of(text, theirs, ours[5:])
        if kind:
            parsed.add(kind, country, text, theirs, ours[5:])
    lines = [sum(1 for _ in rows_of(path)) for path in (numbers_path, oracle_path, ours_path)]
    same = total - sum(steps.rows.values())
    print('%d numbers of %d countries' % (total, len(countries - {'--'})))
    print('the steps alone: %d agree, %.4f %%; without texts whose phone-context is malformed %.4f %%'
          % (same, 100 * same / total, 100 * same / (total - known)))
    steps.print()
    print('phone_parse: %d agree' % (total - sum(parsed.rows.values())))
    parsed.print()
    unknown = sum(count for kind, count in parsed.rows.items() if kind.startswith('unexplained'))
    return len(set(lines)) == 1 and same >= AGREEMENT_MIN * (total - known) and unknown == 0


def main(arguments):
    if arguments == ['extract']:
        extract()
    elif arguments[:1] == ['numbers'] and len(arguments) == 4:
        numbers(*map(int, arguments[1:]))
    elif arguments[:1] == ['compare'] and len(arguments) == 4:
        sys.exit(0 if compare(*arguments[1:]) else 1)
    else:
        raise SystemExit(__doc__)


if __name__ == '__main__':
    main(sys.argv[1:])
