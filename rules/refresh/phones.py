#!/usr/bin/env python3
"""Makes rules/normalize/phones.table: the numbering plans of the world as one digit automaton.

    rules/refresh/phones.py metadata.max.json > rules/normalize/phones.table

Input: metadata.max.json of the npm package libphonenumber-js (`npm pack libphonenumber-js`, file in
its root), which carries every field of google/libphonenumber's PhoneNumberMetadata.xml that
reading a number needs. Its package.json must lie beside it: the version goes into the header. A
tab-separated extract of it is read as well (first line "# from ... VERSION ...", then the columns
region cc order_in_cc idd national_prefix np_for_parsing np_transform leading_digits lengths
general, then a pattern and its lengths for each type).

What is decided here, so that no regular expression is left for run time:
  * which region and which kind of line a national number belongs to (calling codes that several
    regions share are resolved by leading digits or by type, main region first);
  * which number is a whole number of a plan (the "general" pattern);
  * which digits are an international prefix, and which are a national prefix, a carrier code or an
    area code that has to be rewritten. These last come from regular expressions with a
    substitution; the few shapes that occur are turned into rules, and every rule set is checked
    here against the expression it came from, on random numbers.

All automata share one set of states, minimal and without cycles.
"""
import json
import os
import random
import re
import sys

TYPES = ['fixedLine', 'mobile', 'tollFree', 'premiumRate', 'personalNumber', 'voicemail', 'uan',
         'pager', 'voip', 'sharedCost']
LETTER = {'fixedLine': 'f', 'mobile': 'm', 'fixedOrMobile': 'e', 'tollFree': 't',
          'premiumRate': 'p', 'sharedCost': 's', 'voip': 'v', 'personalNumber': 'n', 'pager': 'g',
          'uan': 'u', 'voicemail': 'c'}
# The order in which a number that fits several kinds is given one.
SPECIAL_FIRST = ['premiumRate', 'tollFree', 'sharedCost', 'voip', 'personalNumber', 'pager', 'uan',
                 'voicemail']
DIGITS_MAX = 17  # of a national number
DIGITS = frozenset(range(10))


# --- the metadata -------------------------------------------------------------------------------

class Plan:
    """The numbering plan of one region."""

    def __init__(self, region, code, order):
        self.region, self.code, self.order = region, code, order
        self.types = {}  # type -> (pattern, set of lengths)


def plan_from_json(region, order, row):
    row = row + [0] * (14 - len(row))
    plan = Plan(region, int(row[0]), order)
    plan.idd, plan.general, plan.lengths = row[1] or '', row[2] or '', set(row[3] or [])
    plan.prefix, plan.transform = row[7] or row[5] or '', row[8] or ''
    plan.leading = row[10] or ''
    for name, entry in zip(TYPES, row[11] or []):
        if not entry:
            continue
        # An empty mobile pattern means: the same as the fixed-line one.
        pattern = entry[0] or plan.types['fixedLine'][0]
        plan.types[name] = (pattern, set(entry[1]) if len(entry) > 1 else set(plan.lengths))
    return plan


def plans_from_json(path):
    with open(path, encoding='utf-8') as file:
        data = json.load(file)
    with open(os.path.join(os.path.dirname(path), 'package.json'), encoding='utf-8') as file:
        version = json.load(file)['version']
    order = {region: i for regions in data['country_calling_codes'].values()
             for i, region in enumerate(regions)}
    plans = [plan_from_json(region, order[region], row)
             for region, row in data['countries'].items()]
    plans += [plan_from_json('001', 0, row) for row in data['nonGeographic'].values()]
    return plans, version


def plans_from_table(path):
    plans, version, names = [], '?', None
    with open(path, encoding='utf-8') as file:
        for line in file:
            cells = line.rstrip('\n').split('\t')
            if line.startswith('#'):
                version = re.search(r'\d+\.\d+\.\d+', line).group(0)
                continue
            if names is None:
                names = cells
                continue
            row = dict(zip(names, cells))
            plan = Plan(row['region'], int(row['cc']), int(row['order_in_cc']))
            plan.idd, plan.general, plan.leading = row['idd'], row['general'], row['leading_digits']
            plan.prefix, plan.transform = row['np_for_parsing'], row['np_transform']
            plan.lengths = {int(n) for n in row['lengths'].split(',') if n}
            for name in TYPES:
                if row[name]:
                    lengths = {int(n) for n in row[name + '_len'].split(',') if n}
                    plan.types[name] = (row[name], lengths or set(plan.lengths))
            plans.append(plan)
    return plans, version


# --- regular expressions over digits ------------------------------------------------------------

class Expression:
    """A tiny compiler: literals, classes, \\d, groups, alternatives, ? and {n,m}; `$` at the end of
    a branch. The result is a non-deterministic automaton in `steps` (state -> [(digits, state)])
    and `free` (state -> [state])."""

    def __init__(self):
        self.steps, self.free = [], []
        self.start = self.state()
        self.marks = {}  # state -> set of what it accepts

    def state(self):
        self.steps.append([])
        self.free.append([])
        return len(self.steps) - 1

    def add(self, text, mark, any_tail=False):
        at = self.state()
        self.free[self.start].append(at)
        end, used = self.branches(text, 0, at)
        if used != len(text):
            raise ValueError('cannot read %r at %d' % (text, used))
        if any_tail:
            loop = self.state()
            self.free[end].append(loop)
            self.steps[loop].append((DIGITS, loop))
            end = loop
        self.marks.setdefault(end, set()).add(mark)

    def branches(self, text, at, state):
        end = self.state()
        while True:
            begin = self.state()
            self.free[state].append(begin)
            last, at = self.sequence(text, at, begin)
            self.free[last].append(end)
            if at == len(text) or text[at] == ')':
                return end, at
            at += 1  # over the bar

    def sequence(self, text, at, state):
        while at < len(text) and text[at] not in '|)':
            begin = at
            at = self.over_atom(text, at)
            low, high, at_next = self.counts(text, at)
            ends = [state] if low == 0 else []
            for i in range(high):
                state = self.atom(text, begin, state)
                if i + 1 >= low:
                    ends.append(state)
            if len(ends) > 1:
                state = self.state()
                for end in ends:
                    self.free[end].append(state)
            at = at_next
        return state, at

    @staticmethod
    def over_atom(text, at):
        if text[at] == '\\':
            return at + 2
        if text[at] == '[':
            return text.index(']', at) + 1
        if text[at] != '(':
            return at + 1
        depth = 0
        while True:
            depth += {'(': 1, ')': -1}.get(text[at], 0)
            at += 1
            if depth == 0:
                return at

    @staticmethod
    def counts(text, at):
        if at < len(text) and text[at] == '?':
            return 0, 1, at + 1
        match = re.compile(r'\{(\d+)(?:,(\d+))?\}').match(text, at)
        if match:
            return int(match[1]), int(match[2] or match[1]), match.end()
        return 1, 1, at

    def atom(self, text, at, state):
        if text[at] == '(':
            at += 3 if text.startswith('(?:', at) else 1
            return self.branches(text, at, state)[0]
        end = self.state()
        self.steps[state].append((self.digits(text, at), end))
        return end

    @staticmethod
    def digits(text, at):
        if text[at] == '\\':
            if text[at + 1] != 'd':
                raise ValueError(text)
            return DIGITS
        if text[at] != '[':
            return frozenset([int(text[at])])
        inner = text[at + 1:text.index(']', at)].replace('\\d', '0-9')
        found = set()
        for low, high in re.findall(r'(\d)(?:-(\d))?', inner):
            found |= set(range(int(low), int(high or low) + 1))
        return frozenset(found)

    def closed(self, states):
        seen, todo = set(states), list(states)
        while todo:
            for state in self.free[todo.pop()]:
                if state not in seen:
                    seen.add(state)
                    todo.append(state)
        return frozenset(seen)


class Automaton:
    """The shared, minimal, acyclic automaton. State 0 is the dead one. A state is its label and
    its ten targets; equal states are one, so building from the ends forward minimises."""

    def __init__(self):
        self.states, self.known = [None], {}

    def intern(self, label, targets):
        if not label and not any(targets):
            return 0
        key = (label, targets)
        if key not in self.known:
            self.known[key] = len(self.states)
            self.states.append(key)
        return self.known[key]

    def build(self, expression, label_of, depth_max=DIGITS_MAX):
        """The start state for an expression. label_of(marks, length) names what is accepted."""
        memory = {}

        def make(states, depth):
            if not states:
                return 0
            key = (states, depth)
            if key in memory:
                return memory[key]
            marks = set()
            for state in states:
                marks |= expression.marks.get(state, set())
            targets = [0] * 10
            if depth < depth_max:
                for digit in range(10):
                    reached = {to for state in states for digits, to in expression.steps[state]
                               if digit in digits}
                    targets[digit] = make(expression.closed(reached), depth + 1) if reached else 0
            memory[key] = self.intern(label_of(marks, depth), tuple(targets))
            return memory[key]

        return make(expression.closed([expression.start]), 0)

    def plain(self, *patterns):
        expression = Expression()
        for pattern in patterns:
            expression.add(pattern, 'yes')
        return self.build(expression, lambda marks, length: '+' if marks else '')


# --- whose number it is -------------------------------------------------------------------------

def kind_of(plan, marks, length):
    region = id(plan)
    if ('general', region) not in marks or (plan.lengths and length not in plan.lengths):
        return None

    def fits(name):
        return (name, region) in marks and length in plan.types[name][1]

    for name in SPECIAL_FIRST:
        if fits(name):
            return name
    fixed, mobile = plan.types.get('fixedLine'), plan.types.get('mobile')
    same = bool(fixed and mobile and fixed[0] == mobile[0])
    if fits('fixedLine'):
        return 'fixedOrMobile' if same or fits('mobile') else 'fixedLine'
    return 'mobile' if not same and fits('mobile') else None


def label_of(plans, marks, length):
    """REGION.kind of a national number of one calling code, '' when it is not valid."""
    for plan in plans:
        if len(plans) > 1 and plan.leading:
            if ('leading', id(plan)) not in marks:
                continue
        elif not kind_of(plan, marks, length):
            continue
        kind = kind_of(plan, marks, length)
        return '%s.%s' % (plan.region, LETTER[kind]) if kind else ''
    return ''


def code_start(automaton, plans):
    expression = Expression()
    for plan in plans:
        if plan.general:
            expression.add(plan.general, ('general', id(plan)))
        for name, (pattern, _) in plan.types.items():
            if pattern:
                expression.add(pattern, (name, id(plan)))
        if plan.leading and len(plans) > 1:
            expression.add(plan.leading, ('leading', id(plan)), any_tail=True)
    return automaton.build(expression, lambda marks, length: label_of(plans, marks, length))


# --- national prefixes --------------------------------------------------------------------------

def top_branches(pattern):
    """The alternatives of a pattern at its top level."""
    parts, depth, begin = [], 0, 0
    for i, c in enumerate(pattern):
        depth += {'(': 1, ')': -1}.get(c, 0)
        if c == '|' and depth == 0:
            parts.append(pattern[begin:i])
            begin = i + 1
    return parts + [pattern[begin:]]


def begin_alike(a, b):
    """Whether two patterns may begin with the same digit; those that begin with a group do not."""
    return '(' not in a[0] + b[0] and bool(Expression.digits(a, 0) & Expression.digits(b, 0))


def prefix_rules(plan):
    """The rules of a plan, tried in order. A rule is (pattern, whole, drop, cut, insert): the
    longest match of pattern at the start (of the whole number if `whole`); then `drop` digits are
    removed at the start (None: all that matched), `cut` at the end of the match, and `insert` is
    put in front."""
    if not plan.prefix:
        return []
    if not plan.transform:
        return [(plan.prefix, False, None, 0, '')]
    area = re.fullmatch(r'0\?\(\?:(\(.*\))15\)\?', plan.prefix)
    if area:  # AR: [0] area 15 number -> 9 area number
        insert = plan.transform.replace('$1', '')
        return [('0' + area[1] + '15', False, 1, 2, insert), (area[1] + '15', False, 0, 2, insert),
                ('0', False, None, 0, '')]
    carrier = re.fullmatch(r'\(\?:([\d|]+)\)\(\?:(\(.*\))\(\\d\{(\d+),\d+\}\)\)\?', plan.prefix)
    if carrier:  # BR: prefix carrier number -> number
        rules = [(text + re.sub(r'^\(', '(?:', carrier[2]) + r'\d{%s}' % carrier[3], False,
                  len(text) + 2, 0, '') for text in carrier[1].split('|')]
        return rules + [(carrier[1], False, None, 0, '')]
    rules, strip, strips_first = [], [], False
    for branch in top_branches(plan.prefix):
        captured = re.fullmatch(r'(\d*)(\(.*\)|\d+\[.*)(\$?)', branch)
        if branch.endswith('$') and branch.startswith('('):
            strips_first = strips_first or any(begin_alike(one, branch[1:]) for one in strip)
            rules.append((branch[1:-2], True, 0, 0, plan.transform.replace('$1', '')))
        elif captured and captured[1] and not captured[2].startswith('(?:'):
            rules.append((branch, False, len(captured[1]), 0, ''))  # GA
        else:
            strip.append(branch)
    if strip:
        rules.insert(0 if strips_first else len(rules), ('|'.join(strip), False, None, 0, ''))
    return rules


def apply_rules(rules, compiled, number):
    for rule, pattern in zip(rules, compiled):
        _, whole, drop, cut, insert = rule
        ends = [n for n in range(len(number) + 1) if pattern.fullmatch(number[:n])]
        if not ends or (whole and ends[-1] != len(number)):
            continue
        end = ends[-1]
        if drop is None:
            return number[end:]
        return insert + number[drop:end - cut] + number[end:]
    return number


def apply_expression(plan, pattern, number):
    match = pattern.match(number)
    if not match:
        return number
    if not plan.transform or match.group(pattern.groups) is None:
        return number[match.end():]
    return pattern.sub(plan.transform.replace('$', '\\'), number, count=1)


def check_rules(plan, rules, rounds=4000):
    """Compares rules and expression on numbers that begin like the plan's prefixes."""
    source = random.Random(plan.region)
    pattern = re.compile(plan.prefix, re.ASCII)
    compiled = [re.compile(rule[0], re.ASCII) for rule in rules]
    heads = ['', '0', '1', '8'] + re.findall(r'\d+', plan.prefix)
    for _ in range(rounds):
        head = ''.join(source.choice(heads) for _ in range(source.randrange(4)))
        tail = ''.join(source.choice('0123456789') for _ in range(source.randrange(14)))
        number = head[:12] + tail
        if number and apply_expression(plan, pattern, number) != apply_rules(rules, compiled,
                                                                             number):
            raise SystemExit('%s: rules and expression differ on %s' % (plan.region, number))


# --- writing ------------------------------------------------------------------------------------

HEADER = """\
# The numbering plans of the world as one digit automaton, for reading telephone numbers.
# Made by rules/refresh/phones.py; do not edit. Corrections: phones.repairs.tsv.
#
# Source: npm libphonenumber-js {version}, metadata.max.json (package: MIT licence, Copyright (c)
# 2016 @catamphetamine), generated from the metadata of google/libphonenumber:
#   Copyright (C) 2009 The Libphonenumber Authors. Licensed under the Apache License, Version
#   2.0; you may obtain a copy at http://www.apache.org/licenses/LICENSE-2.0. Distributed on an "AS
#   IS" BASIS, WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
# Changed here: patterns compiled to an automaton; formats and example numbers left out.
#
# Grammar: tab-separated lines, in this order.
#   phones 1 VERSION STATES PLANS PREFIXES CODES     the format's number, the source's version, counts
#   s LABEL RUNS      a state; the first is number 1. LABEL: `-` none, `+` accepts, REGION.KIND says
#                     whose number ends here. RUNS: DIGITS@STATE, a blank between; STATE is below the
#                     state's own number. KIND: f fixed line, m mobile, e either, t toll-free, p premium
#                     rate, s shared cost, v VoIP, n personal, g pager, u universal access, c voicemail
#   p REGION CODE LENGTHS GENERAL IDD PREFIX COUNT     a plan, the first is number 1: calling code,
#                     possible lengths, start states (0 = none) of whole numbers and of international
#                     prefixes, its first national-prefix rule and how many it has
#   n START WHOLE DROP CUT INSERT     a national-prefix rule, the first is number 1: the longest match
#                     from START (WHOLE 1: only of the whole number) loses DROP digits in front (`*`:
#                     all of the match) and CUT at its end, and gets INSERT in front
#   c CODE PLAN START     a calling code: its main plan and the start state of its valid numbers
"""


def runs_of(targets):
    by_target = {}
    for digit, target in enumerate(targets):
        if target:
            by_target.setdefault(target, []).append(digit)
    parts = []
    for target, digits in by_target.items():
        parts.append('%s@%d' % (''.join(map(str, digits)), target))
    return ' '.join(parts) or '-'


def lengths_of(lengths):
    return ','.join(map(str, sorted(lengths))) or '-'


def main(path):
    plans, version = (plans_from_json if path.endswith('.json') else plans_from_table)(path)
    plans.sort(key=lambda plan: (plan.code, plan.order))
    number_of = {id(plan): i + 1 for i, plan in enumerate(plans)}
    automaton, rules, codes, lines = Automaton(), [], [], []
    by_code = {}
    for plan in plans:
        by_code.setdefault(plan.code, []).append(plan)
    for code, group in sorted(by_code.items()):
        codes.append((code, number_of[id(group[0])], code_start(automaton, group)))
    first_rule = {}
    for plan in plans:
        found = prefix_rules(plan)
        check_rules(plan, found)
        key = tuple((automaton.plain(rule[0]),) + rule[1:] for rule in found)
        if key not in first_rule:
            first_rule[key] = len(rules) + 1
            rules += key
        lines.append('\t'.join(['p', plan.region, str(plan.code), lengths_of(plan.lengths),
                                str(automaton.plain(plan.general) if plan.general else 0),
                                str(automaton.plain(plan.idd) if plan.idd else 0),
                                str(first_rule[key] if key else 0), str(len(key))]))
    out = sys.stdout
    out.write(HEADER.format(version=version))
    out.write('phones\t1\t%s\t%d\t%d\t%d\t%d\n' % (version, len(automaton.states) - 1, len(plans),
                                                  len(rules), len(codes)))
    for label, targets in automaton.states[1:]:
        out.write('s\t%s\t%s\n' % (label or '-', runs_of(targets)))
    out.write(''.join(line + '\n' for line in lines))
    for start, whole, drop, cut, insert in rules:
        out.write('n\t%d\t%d\t%s\t%d\t%s\n' % (start, whole, '*' if drop is None else drop, cut,
                                               insert or '-'))
    for code in codes:
        out.write('c\t%d\t%d\t%d\n' % code)


if __name__ == '__main__':
    if len(sys.argv) != 2:
        raise SystemExit('usage: phones.py metadata.max.json > phones.table')
    main(sys.argv[1])
