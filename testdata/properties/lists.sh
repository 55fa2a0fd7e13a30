#!/bin/bash
# Opt-out lists and the CRM: a list of digests takes out whom the list of their addresses does, one of many
# entries is the same in memory and in the file, and whatever the threads, the pipe and the run do not matter.
# Prints TAP. Usage: lists.sh BUILD
set -u
build=$(cd "$1" && pwd)
root=$(cd "$(dirname "$0")/../.." && pwd)
# shellcheck source=testdata/tap.sh
. "$root/testdata/tap.sh"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
PATH="$build:$build/test:$PATH"
cd "$work" || exit 2
set -o pipefail

exports=("$root"/testdata/exports/*)
lead-normalize -q "${exports[@]}" >leads.csv
# A digest is of one spelling: those that stand for others as well are left out.
lead-pass -q leads.csv --columns email | tail -n +2 | grep @ | grep -v "[+]" | grep -v "gmail" | awk 'NR % 3 == 0' | sort -u >addresses
lead-pass -q leads.csv --columns phone | tail -n +2 | grep '^+' | awk 'NR % 5 == 0' | sort -u >numbers
[ "$(wc -l <addresses)" -gt 20 ] && [ "$(wc -l <numbers)" -gt 10 ]
check "there are addresses and numbers to list" $?

digests() { # KIND FILE: of each line in small letters
    local text
    while read -r text; do printf %s "$text" | "$1sum" | cut -d ' ' -f 1; done < <(tr '[:upper:]' '[:lower:]' <"$2")
}
taken_out() { lead-pass -q "$1" --columns lead_id | sort; }

{ echo email; cat addresses; } >plain_addresses.csv
{ echo phone; cat numbers; } >plain_numbers.csv
for form in whole first; do
    option=()
    [ $form = first ] && option=(--first)
    for what in addresses numbers; do
        lead-dedupe -q leads.csv "${option[@]}" --suppress plain_$what.csv --suppressed plain.csv >kept.csv
        taken_out plain.csv >want
        [ "$(wc -l <want)" -gt 10 ]
        check "$form: a list of $what takes leads out" $?
        for kind in md5 sha1 sha256; do
            digests $kind $what >list
            lead-dedupe -q leads.csv "${option[@]}" --suppress list --suppressed digest.csv >kept_digest.csv
            taken_out digest.csv >got
            cmp -s want got && cmp -s kept.csv kept_digest.csv
            check "$form: so does the list of their $kind" $?
        done
    done
done

# More entries than go into the least memory, and what each list says.
{
    for kind in md5 sha1 sha256; do digests $kind addresses; done
    seq 1 30000 | awk '{ printf "%064x\n", $1 * 2654435761 }'
} >many
lists=(--crm "$root/testdata/crm/crm_contacts.csv" --suppress many:many --suppress calls:plain_numbers.csv
    --meaning calls:no_phone --as-of 2026-11-20)
leadpipe run -q "${exports[@]}" "${lists[@]}" -o run
lead-pass -q run/leads.csv --columns opt_out | grep -q phone && grep -q ',many$' run/suppressed.csv
check "both lists take effect" $?
for form in "--threads 1" "--threads 4" "--memory 1K" "--memory 1K --threads 4"; do
    rm -rf other
    # shellcheck disable=SC2086  # words
    leadpipe run -q "${exports[@]}" "${lists[@]}" -o other $form
    for file in leads suppressed duplicates; do
        same "run $form: $file" run/$file.csv other/$file.csv
    done
done
lead-validate -q leads.csv | lead-dedupe -q --suppressed suppressed.csv "${lists[@]}" |
    lead-score -q --as-of 2026-11-20 >pipe.csv
same "the pipe: leads" run/leads.csv pipe.csv
lead-validate -q leads.csv | lead-dedupe -q "${lists[@]}" --first >first.csv
# Its keys stay in memory, of which a sanitizer takes more than that for itself.
forms=("--threads 4" "--memory 40M")
if nm "$build/lead-dedupe" 2>/dev/null | grep '__[at]san_init' >/dev/null; then forms=("--threads 4"); fi
for form in "${forms[@]}"; do
    # shellcheck disable=SC2086  # words
    lead-validate -q leads.csv | lead-dedupe -q "${lists[@]}" --first $form >first2.csv
    same "--first $form" first.csv first2.csv
done
gzip -k many
lead-validate -q leads.csv | lead-dedupe -q "${lists[@]/many:many/many:many.gz}" |
    lead-score -q --as-of 2026-11-20 >packed.csv
same "a packed list" run/leads.csv packed.csv
lead-validate -q leads.csv | lead-dedupe -q "${lists[@]/many:many/many:/dev/fd/3}" 3< <(cat many) |
    lead-score -q --as-of 2026-11-20 >piped.csv
same "a list from a pipe" run/leads.csv piped.csv
tac many >upside_down
lead-validate -q leads.csv | lead-dedupe -q "${lists[@]/many:many/many:upside_down}" |
    lead-score -q --as-of 2026-11-20 >upside.csv
same "a list upside down" run/leads.csv upside.csv

# The CRM is not changed by leads that would join two of its contacts.
printf 'Record ID,First Name,Last Name,Email,Phone Number\n1,Jane,Doe,jane@one-example.fi,\n2,Jane,Doe,,+358405550101\n' >crm.csv
printf 'lead_id,first_name,last_name,email,phone\na,Jane,Doe,jane@one-example.fi,+358405550101\n' >two.csv
lead-dedupe -q two.csv --crm crm.csv | lead-pass -q --columns crm_match,crm_id | tail -n +2 >got
grep -qx 'person,1' got
check "the strongest key says which contact" $?
echo "1..$number"
