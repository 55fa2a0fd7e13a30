#!/usr/bin/env python3
"""Makes oracle.tsv and examples.tsv: what the Python package `phonenumbers` (a port of
google/libphonenumber, Apache-2.0) says of telephone numbers, for core/lead/phone_test.c.

    pip install phonenumbers==9.0.43
    testdata/phones/make_oracle.py oracle 16 7 > testdata/phones/oracle.tsv
    testdata/phones/make_oracle.py examples > testdata/phones/examples.tsv

9.0.43 has the metadata of npm libphonenumber-js 1.13.16, of which rules/normalize/phones.table is
made (all 254 plans were compared field by field). The second argument is the number of rows a
region, the third the seed. Numbers are drawn from the metadata's own patterns, some of them then
spoilt, and written in the ways that people do and do not.
"""
import random
import re
import sys

import phonenumbers
from phonenumbers.phonemetadata import PhoneMetadata

try:
    import re._parser as sre
except ImportError:
    import sre_parse as sre

TYPES = ['fixed_line', 'mobile', 'toll_free', 'premium_rate', 'personal_number', 'voicemail', 'uan',
         'pager', 'voip', 'shared_cost']
KIND = ['fixed', 'mobile', 'fixed_or_mobile', 'toll_free', 'premium', 'shared_cost', 'voip',
        'personal', 'pager', 'uan', 'voicemail']
FAULT = {0: 'no_country', 1: 'not_a_number', 2: 'too_short', 3: 'too_short', 4: 'too_long'}


def draw(source, tree):
    """A random text that a parsed pattern matches."""
    out = ''
    for op, arg in tree:
        name = str(op)
        if name == 'LITERAL':
            out += chr(arg)
        elif name == 'IN':
            digits = []
            for what, value in arg:
                if str(what) == 'RANGE':
                    digits += [chr(c) for c in range(value[0], value[1] + 1)]
                elif str(what) == 'LITERAL':
                    digits.append(chr(value))
                else:
                    digits += list('0123456789')
            out += source.choice(digits)
        elif name == 'BRANCH':
            out += draw(source, source.choice(arg[1]))
        elif name == 'SUBPATTERN':
            out += draw(source, arg[-1])
        elif name == 'MAX_REPEAT':
            for _ in range(source.randint(arg[0], min(arg[1], 17))):
                out += draw(source, arg[2])
    return out


def group(source, digits):
    if source.random() < .3:
        return digits
    between = source.choice([' ', ' ', '-', '.', ' - ', '\u00a0', '\u2011', '/', '  ', '\u2013'])
    out, at = [], 0
    while at < len(digits):
        size = source.choice([2, 3, 3, 4])
        out.append(digits[at:at + size])
        at += size
    return between.join(out)


def spoil(source, number):
    way = source.random()
    if way < .3:
        return number[:-1]
    if way < .6:
        return number + str(source.randrange(10))
    if way < .9:
        at = source.randrange(len(number))
        return number[:at] + str(source.randrange(10)) + number[at + 1:]
    return ''.join(source.choice('0123456789') for _ in range(source.randrange(2, 16)))


def write(source, meta, number, regions):
    code, prefix = str(meta.country_code), meta.national_prefix or ''
    idd = re.sub(r'[^0-9].*', '', meta.international_prefix or '') or '00'
    region = meta.id
    way = source.randrange(25)
    grouped = group(source, number)
    if way < 4:
        text = '+' + code + source.choice([' ', '', ' ', '-']) + grouped
    elif way < 8:
        text = prefix + grouped
    elif way == 8:
        text = '+' + code + ' (' + (prefix or '0') + ') ' + grouped
    elif way == 9:
        text = '00' + code + ' ' + grouped
    elif way == 10:
        text = '(' + prefix + number[:3] + ') ' + group(source, number[3:])
    elif way == 11:
        text = code + ' ' + grouped
    elif way == 12:
        text, region = '+' + code + grouped, source.choice(regions)
    elif way == 13:
        text = grouped + source.choice([' x', ' ext. ', ' ext ', ' extension ', '#', ' x. ',
                                        ' int. ', ';ext=', ' Extn:', ' ~ ', ' \u0434\u043e\u0431. ',
                                        ',,', ', ', ' anexo ', '\uff58', ' EXT-'])
        text += str(source.randrange(1, source.choice([99, 9999, 10 ** 7, 10 ** 12])))
        text += source.choice(['', '', '', '#'])
    elif way == 14:
        text = 'tel:+' + code + number
    elif way == 15:
        text = source.choice(['Tel. ', 'T: ', 'Puh. ', 'p. ', 'M ', 'mob: ', ''])
        text += '+' + code + grouped + source.choice(['', ' ', ';', ',', ')'])
    elif way == 16:
        text = idd + code + grouped
    elif way == 17:
        text = source.choice([idd + code + prefix, '+' + code + prefix, '+', '++' + code, '011' + code,
                              '0', '1', '8', '00', '\uff0b' + code]) + grouped
    elif way == 18:
        text = number[:3] + '-' + ''.join(source.choice('ABCDEFGXYZxs') for _ in number[3:])
    elif way == 19:
        zero = source.choice([0xff10, 0x660, 0x6f0, 0x966])
        text = ''.join(chr(zero + int(c)) for c in number)
    elif way == 20:
        text = grouped + source.choice([' a', ' ab', ' (office)', '- 503#', '/', ' / x12', '\\x5'])
    elif way == 21:
        text = 'tel:' + number[-7:] + ';phone-context=' + source.choice(
            ['+' + code + number[:-7], '+' + code + '-' + number[:-7], 'example.com', '+', '', 'a_b',
             '1.com.', '+a'])
    elif way == 22:
        text, region = grouped, source.choice(regions + ['--'] * len(regions))
    elif way == 23:
        text = prefix + prefix + grouped
    else:
        text = number[:source.randrange(1, 6)] + source.choice(['', '+', ' ', '*', 'x', ';']) + number
    return region, text


def answer(text, region):
    """fault or E.164, kind, region, level, extension: as columns."""
    try:
        number = phonenumbers.parse(text, None if region == '--' else region)
    except phonenumbers.NumberParseException as fault:
        return ['!' + FAULT[fault.error_type], '', '', '', '']
    valid = phonenumbers.is_valid_number(number)
    possible = phonenumbers.is_possible_number_with_reason(number)
    where = phonenumbers.region_code_for_number(number) if valid else ''
    return [phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164).split(';')[0],
            KIND[phonenumbers.number_type(number)] if valid else '',
            '' if where in ('001', None) else where,
            'valid' if valid else 'possible' if possible == 0 else 'invalid',
            number.extension or '']


def all_plans():
    plans = [PhoneMetadata.metadata_for_region(region)
             for region in sorted(phonenumbers.SUPPORTED_REGIONS)]
    codes = sorted(code for code, regions in phonenumbers.COUNTRY_CODE_TO_REGION_CODE.items()
                   if regions == ('001',))
    return plans + [PhoneMetadata.metadata_for_nongeo_region(code) for code in codes]


def oracle(rows, seed):
    source = random.Random(seed)
    plans = all_plans()
    regions = [plan.id for plan in plans if plan.id != '001']
    print('# Made by testdata/phones/make_oracle.py oracle %d %d with Python phonenumbers %s'
          % (rows, seed, phonenumbers.__version__))
    print('# (Apache-2.0, a port of google/libphonenumber). "--" is no country; ! is a parse error.')
    print('country\ttext\te164\tkind\tregion\tlevel\text')
    for plan in plans:
        patterns = [getattr(plan, name).national_number_pattern for name in TYPES
                    if getattr(plan, name) and getattr(plan, name).national_number_pattern]
        trees = [sre.parse(pattern) for pattern in patterns]
        for _ in range(rows):
            number = draw(source, source.choice(trees[:2] + trees))
            if source.random() < .15:
                number = spoil(source, number) or '0'
            region, text = write(source, plan, number, regions)
            region = '--' if region == '001' else region
            print('\t'.join([region, text] + answer(text, region)))


def examples():
    print('# Example numbers of Python phonenumbers %s (google/libphonenumber, Apache-2.0).'
          % phonenumbers.__version__)
    print('e164\tkind\tregion')
    for plan in all_plans():
        for name in TYPES:
            desc = getattr(plan, name)
            if desc and desc.example_number:
                number = '+%d%s' % (plan.country_code, desc.example_number)
                print('\t'.join([number] + answer(number, '--')[1:3]))


if __name__ == '__main__':
    if sys.argv[1:2] == ['examples']:
        examples()
    elif len(sys.argv) == 4 and sys.argv[1] == 'oracle':
        oracle(int(sys.argv[2]), int(sys.argv[3]))
    else:
        raise SystemExit(__doc__)
