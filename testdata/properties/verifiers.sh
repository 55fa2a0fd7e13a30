#!/bin/bash
# Verifiers' results and the list of what is to be verified: the same bytes at any number of threads, from
# files and pipes, alone and in the run; what was verified is not listed again; all files appear or none.
# Prints TAP. Usage: verifiers.sh BUILD
set -u
build=$(cd "$1" && pwd)
root=$(cd "$(dirname "$0")/../.." && pwd)
# shellcheck source=testdata/tap.sh
. "$root/testdata/tap.sh"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
PATH="$build:$PATH"
cd "$work" || exit 2

# 30,000 rows: addresses that come again in another spelling, typos, roles, nonsense.
awk 'BEGIN {
    print "Email,First Name,Phone,Country"
    split("firma.fi gmail.com nokia.com gmial.con hotmial.com yritys.fi mailinator.com a..b x.qzx", domain, " ")
    for (i = 0; i < 30000; i++) {
        n = (i * 7919) % 12007
        name = (n % 5 == 0 ? "info" : n % 3 == 0 ? "Jane.Doe" n : "jane.doe" n)
        print name "@" domain[n % 9 + 1] ",Jane" n "," (n % 4 ? "" : "+35840" 1000000 + n) ",FI"
    }
}' >export.csv
awk 'BEGIN {
    print "email,result,reason,verified_at"
    split("deliverable undeliverable risky unknown", result, " ")
    for (i = 0; i < 12007; i += 2) {
        print "jane.doe" i "@firma.fi," result[i % 4 + 1] ",,2026-11-" 10 + i % 9
        print "JaneDoe" i "@gmail.com," result[i % 3 + 1] ",,2026-08-" 10 + i % 19
    }
}' >kickbox.csv
lead-normalize -q export.csv -o leads.csv
args=(-q --as-of 2026-11-20 --verdicts kickbox.csv --fix-typos=safe)

for threads in 1 2 4; do
    lead-validate "${args[@]}" leads.csv --threads $threads -o v$threads.csv --unverified u$threads.csv \
        --rejects r$threads.csv --changes c$threads.csv --summary s$threads.json
    for file in v u r c s; do
        for path in "$file$threads".*; do same "$path" "$file"1.* "$path"; done
    done
done
lead-validate "${args[@]}" <leads.csv 2>&1 | cmp -s - v1.csv
check "from a pipe, and without the list" $?
touch -d 2001-01-01 kickbox.csv
lead-validate "${args[@]}" <leads.csv 2>&1 | cmp -s - v1.csv
check "whatever the time of the file is" $?
mkfifo list
cat list >from_list.csv &
lead-validate "${args[@]}" leads.csv --unverified list -o /dev/null
wait
same "the list through a FIFO" u1.csv from_list.csv

leadpipe run export.csv -o run --through validate --changes --unverified run.u.csv "${args[@]}"
same "leads of the run" v1.csv run/leads.csv
same "the list of the run" u1.csv run.u.csv
lead-normalize -q export.csv --changes n.csv -o /dev/null
{
    cat n.csv
    tail -n +2 c1.csv
} | cmp -s - run/changes.csv
check "the journal of the run" $?

# Each address once; what is usable and not verified is there.
test "$(sort -f u1.csv | uniq -di | wc -l)" = 0 && test "$(wc -l <u1.csv)" -gt 1000
check "each address once" $?
sed '1s/.*/email,result/; 2,$s/$/,deliverable/' u1.csv >all_2026-11-19.csv
lead-validate "${args[@]}" --verdicts all_2026-11-19.csv leads.csv --unverified none.csv -o all.csv
test "$(cat none.csv)" = email
check "what was verified is not listed again" $?
# shellcheck disable=SC2046 # one word each
test $(cut -d, -f 13 all.csv | sort -u | wc -l) = $(cut -d, -f 13 v1.csv | sort -u | wc -l)
check "no address was lost" $?

# All or none.
cp u1.csv before.csv
printf 'lead_id,email\nx1,a@firma.fi\nx2,"b\n' >broken.csv
lead-validate -q broken.csv --unverified u1.csv --changes c1.csv -o v1.csv 2>/dev/null
test $? = 2 && cmp -s u1.csv before.csv
check "a run that fails leaves the list as it was" $?
lead-validate -q leads.csv --unverified u1.csv -o no/such/folder.csv 2>/dev/null
test $? = 2 && cmp -s u1.csv before.csv
check "a folder that is not there leaves the list as it was" $?
lead-validate "${args[@]}" leads.csv --unverified /dev/full -o full.csv 2>/dev/null
test $? = 2 && ! test -e full.csv
check "a list that cannot be written leaves no leads" $?
ln -s leads.csv linked.csv
ln kickbox.csv hard.csv
cksum leads.csv kickbox.csv >sums
for target in leads.csv linked.csv ./kickbox.csv hard.csv; do
    lead-validate -q leads.csv --verdicts kickbox.csv --unverified $target -o /dev/null 2>/dev/null
    test $? = 2 && cksum -- leads.csv kickbox.csv | cmp -s - sums
    check "no input is overwritten: $target" $?
done
echo "1..$number"
