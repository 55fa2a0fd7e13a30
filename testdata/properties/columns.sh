#!/bin/bash
# --columns writes what the full run has in these columns, whichever they are: what is not asked for may be
# left undone, but never changes what is. Prints TAP. Usage: columns.sh BUILD
set -u
build=$(cd "$1" && pwd)
root=$(cd "$(dirname "$0")/../.." && pwd)
# shellcheck source=testdata/tap.sh
. "$root/testdata/tap.sh"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
PATH="$build:$build/test:$PATH"
cd "$work" || exit 2

exports=("$root"/testdata/exports/*)
lists=(--crm "$root/testdata/crm/crm_contacts.csv" --suppress "$root/testdata/suppress/opt_out.csv")
run=(leadpipe run -q "${exports[@]}" "${lists[@]}" --as-of 2026-11-20)

cut_equals() { # FULL_RUN RUN COLUMNS
    lead-pass -q "$1/leads.csv" --columns "$3" >want.csv && cmp -s want.csv "$2/leads.csv"
}

for form in whole first; do
    first=()
    [ $form = first ] && first=(--first)
    "${run[@]}" "${first[@]}" -o $form
    differing=
    for column in $(head -n 1 $form/leads.csv | tr , ' '); do
        rm -rf some
        "${run[@]}" "${first[@]}" -o some --columns "$column"
        cut_equals $form some "$column" || differing+=" $column"
    done
    [ -n "$column" ] && [ -z "$differing" ]
    check "$form: each column by itself${differing:+: not$differing}" $?
    some=tier,email,score,source,last_name,country
    for threads in 1 4; do
        rm -rf some
        "${run[@]}" "${first[@]}" -o some --columns " ${some//,/ , }" --threads $threads
        cut_equals $form some "$some"
        check "$form: several in another order, $threads threads" $?
    done
    for own in duplicates:role,cluster_id suppressed:suppressed_by; do
        for dir in $form some; do
            lead-pass -q "$dir/${own%:*}.csv" --columns "${own#*:}" >"$dir.own"
        done
        [ -s some.own ] && cmp -s $form.own some.own
        check "$form: ${own%:*} are the same" $?
    done
    if [ $form = first ]; then
        head -n 1 some/duplicates.csv | grep -qx role,cluster_id,source,last_name,email,country
    else
        cmp -s some/duplicates.csv whole/duplicates.csv # so that merging can be undone
    fi
    check "$form: duplicates have what is theirs" $?
    head -n 1 some/suppressed.csv | grep -q ',suppressed_by$'
    check "$form: suppressed say by what" $?
done

"${run[@]}" -o watched --first --columns email --changes
"${run[@]}" -o journal --first --changes
[ -s watched/changes.csv ] && cmp -s watched/changes.csv journal/changes.csv
check "the journal holds every change, whatever is written" $?

# Whether anyone looks on changes nothing either.
leadpipe run "${exports[@]}" "${lists[@]}" --as-of 2026-11-20 -o loud --first --columns email 2>loud.err
"${run[@]}" -o quiet --first --columns email
for file in leads rejects duplicates suppressed; do cmp -s loud/$file.csv quiet/$file.csv || echo $file; done >differing
[ -s quiet/rejects.csv ] && [ ! -s differing ]
check "the same with and without a screen" $?

# Stages on their own, each column by itself.
lead-normalize -q "${exports[@]}" >normalized.csv
lead-validate -q normalized.csv >validated.csv
for program in normalize validate; do
    file=normalized.csv inputs=("${exports[@]}")
    [ $program = validate ] && file=validated.csv inputs=(normalized.csv)
    differing=
    for column in $(head -n 1 $file | tr , ' '); do
        lead-pass -q $file --columns "$column" >want.csv
        lead-$program -q "${inputs[@]}" --columns "$column" | cmp -s - want.csv || differing+=" $column"
    done
    [ -s want.csv ] && [ -z "$differing" ]
    check "lead-$program: each column by itself${differing:+: not$differing}" $?
done

lead-normalize -q "${exports[@]}" | lead-validate -q | lead-dedupe -q "${lists[@]}" |
    lead-score -q --as-of 2026-11-20 --columns email,score >pipe.csv
lead-pass -q whole/leads.csv --columns email,score | cmp -s - pipe.csv
check "the last of a pipe writes them as well" $?

refuses() { # COLUMNS MESSAGE HINT
    "${run[@]}" -o refused --columns "$1" 2>err
    [ $? = 2 ] && grep -q -e "$2" err && grep -q -e "$3" err && [ ! -e refused/leads.csv ]
    check "--columns '$1' is refused" $?
}
refuses emial "no column is called 'emial'" 'did you mean email?'
refuses zzzzzz "no column is called 'zzzzzz'" 'leadpipe schema'
refuses email,score,email "'email' is named twice" .
refuses email, 'a name is missing' .
: >empty.csv
lead-score -q --columns emial empty.csv >out.csv 2>err
[ $? = 2 ] && grep -q 'did you mean email?' err
check "a misspelt column is told of an empty input too" $?
lead-score -q --columns email,score empty.csv >out.csv && [ "$(cat out.csv)" = score ]
check "an empty input has no more columns than the stage adds" $?
