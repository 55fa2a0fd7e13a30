#!/bin/bash
# Nothing of a name vanishes: every word of a whole name, and of names in columns of their own, is in some column of the
# lead: salutation, first, middle or last name, or extra. Over generated names. Prints TAP. Usage: names.sh BUILD
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

make_names() { # SEED: whole.csv, parts.csv
    awk -v seed="$1" '
    function pick(list, words) { return words[1 + int(rand() * split(list, words, "|"))] }
    function made(len, text) {
        while (len-- > 0) text = text pick("ba|ke|lo|mi|nu|ra|se|to|vi|zy|qu")
        return toupper(substr(text, 1, 1)) substr(text, 2)
    }
    function given(text) {
        text = rand() < .7 ? pick("Ana|Karl|Jan|Jean|Marie|Matti|John|Liisa|Ann|Hans") : made(2)
        if (rand() < .4) text = text "-" (rand() < .6 ? pick("Maria|Heinz|Willem|Kathrin") : made(2))
        return rand() < .2 ? text " " pick("Juhani|J.|Xerxes|Lee") : text
    }
    function family(text) {
        text = rand() < .5 ? pick("Heide|Dijk|Garcia|Pen|Holt|Virtanen|Smith|Lopez") : made(3)
        if (rand() < .2) text = text pick("-| ") pick("Berg|Lopez|Zabotu")
        return rand() < .3 ? pick("von der|van|de la|Le|von und zu|di") " " text : text
    }
    function name(text) {
        text = rand() < .5 ? family() ", " given() : given() " " family()
        if (rand() < .2) text = pick("Dr.|Frau|Mr|Prof. Dr.|Herra") " " text
        if (rand() < .2) text = text pick(", PhD| MBA| Jr.|, CEO|, toimitusjohtaja|, Head of Sales")
        if (rand() < .1) text = text " (" pick("Bill|ent. Koskinen|Guest Speaker") ")"
        if (rand() < .1) text = text pick(" & | ja ") given()
        return rand() < .1 ? toupper(text) : rand() < .1 ? tolower(text) : text
    }
    BEGIN {
        srand(seed)
        print "Name,Email" >"whole.csv"
        print "First name,Last name,Email" >"parts.csv"
        for (i = 0; i < 20000; i++) {
            printf "\"%s\",u%d@names-example.com\n", name(), i >"whole.csv"
            first = rand() < .1 ? name() : given()
            last = rand() < .2 ? name() : family()
            printf "\"%s\",\"%s\",u%d@names-example.com\n", first, last, i >"parts.csv"
        }
    }'
}

# Words of an input line that the lead of the same line has not.
lost() { # INPUT
    lead-normalize -q "$1" --rejects rejects.csv | sed 1d | cut -d, -f 9- >leads
    sed 1d "$1" | paste -d '\t' - leads | awk -F '\t' '{
        kept = " " tolower($2) " "
        gsub(/[^a-z]+/, " ", kept)
        n = split(tolower($1), words, /[^a-z]+/)
        for (i = 1; i <= n; i++) {
            if (words[i] != "" && !index(kept, " " words[i] " ")) { print words[i] ": " $0; next }
        }
    }' >lost
    head -n 5 lost | sed 's/^/# /'
    [ "$(wc -l <leads)" = 20000 ] && [ ! -s lost ]
}

for seed in 1 2 3; do
    make_names "$seed"
    for kind in whole parts; do
        lost "$kind.csv"
        check "every word of names is kept: $kind, $seed" $?
    done
done
echo "1..$number"
