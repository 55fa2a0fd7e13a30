#!/bin/bash
# What must hold for every export that the tests have, however odd: it is refused with a reason, or comes out the
# same from a file, from a pipe and in threads; a second time nothing changes; every record is a lead or a reject; with
# the source profile that inspect saves of it, it is understood as before. Prints TAP. Usage: files.sh BUILD
set -u
build=$(cd "$1" && pwd)
root=$(cd "$(dirname "$0")/../.." && pwd)
# shellcheck source=testdata/tap.sh
. "$root/testdata/tap.sh"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
PATH="$build:$PATH"
export XDG_CONFIG_HOME="$work/config"
cd "$work" || exit 2

count() { # KEY: its number in the summary's line of the stage, 0 where it is not
    sed -n "s/.*\"name\": \"normalize\".*\"$1\": \([0-9]*\).*/\1/p; \$s/.*/0/p" summary.json | head -n 1
}

holds() { # FILE, whose base name is stdin
    local file=$1
    lead-normalize -q "$file" --rejects rejects.csv --summary summary.json >leads.csv 2>err
    case $? in
    0) ;;
    2) [ -s err ] && ! [ -s leads.csv ] && return ;;
    *) return 1 ;;
    esac
    lead-normalize -q - <"$file" 2>/dev/null | cmp -s - leads.csv || return 1
    lead-normalize -q --threads 2 "$file" 2>/dev/null | cmp -s - leads.csv || return 1
    lead-normalize -q leads.csv 2>/dev/null | cmp -s - leads.csv || return 1
    rm -rf mine
    mkdir mine
    leadpipe inspect "$file" --rules-dir mine --save again >/dev/null 2>err
    ! grep -q 'read again' err || return 1
    [ "$(count in)" = $(($(count leads) + $(count rejects))) ]
}

for file in "$root"/testdata/cases/lead-normalize/*/*.?s? "$root"/testdata/cases/lead-normalize/*/*.txt \
    "$root"/testdata/exports/*; do
    cp "$file" stdin
    holds stdin
    check "${file#"$root"/testdata/}" $?
done
