#!/bin/bash
# What every program promises (design section 7), asked of each one found in a build. Prints TAP.
# Usage: contract.sh BUILD
set -u
build=$(cd "$1" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"; kill $(jobs -p) 2>/dev/null' EXIT
PATH="$build:$PATH"
cd "$work" || exit 2
number=0

is() { # NAME CONDITION...: the test command's arguments
    local name=$1
    shift
    number=$((number + 1))
    if test "$@"; then
        echo "ok $number - $program: $name"
    else
        echo "not ok $number - $program: $name ($*)"
        sed 's/^/#   /' err 2>/dev/null | head -5
    fi
}

# Runs the program: status, out and err are what came of it. No status but 0, 1 and 2 is ever right.
run() {
    # shellcheck disable=SC2086  # a program and perhaps a subcommand
    timeout 20 $program "$@" >out 2>err </dev/null
    status=$?
    [ $status -le 2 ] || is "a status of 0, 1 or 2: $(printf '%q ' "$@" | cut -c 1-60)" "$status" -le 2
}

# ---- inputs: a small good one for each program, and bad ones
header=lead_id,source,source_name,source_campaign,source_file,source_row,created_at,last_activity_at
header=$header,salutation,first_name,middle_name,last_name,email,phone,mobile,company,job_title
row="x1,ad,Meta,,f.csv,2,2026-11-01,,,Jane,,Doe,jane@doe-example.fi,+358405550199,,Doe Oy,CEO"
printf '%s\n%s\n' "$header" "$row" >good.csv
printf '%s\n' "$header" >header.csv
: >empty.csv
printf '%s\n%s\n' "$header" 'x1,ad,"unclosed' >unclosed.csv
mkdir folder
touch secret.csv
chmod 000 secret.csv
cp good.csv ./-good.csv

# Files that are no leads at all, or hardly: none may crash a program, or hang it.
mkdir nasty
printf '%s\nx1\0,ad\0\0\n' "$header" >nasty/nul.csv
printf '%s\nx1,\xff\xfe\xc3,\x80\n' "$header" >nasty/no_utf8.csv
printf '%s\nx1,"%s\n' "$header" "$(seq 30000 | tr '\n' ',')" >nasty/unclosed.csv
{ printf '%s\nx1,ad,' "$header" && head -c 3000000 /dev/zero | tr '\0' x && printf '\n'; } >nasty/long_field.csv
{ seq -s, 10000 && seq -s, 10000; } >nasty/columns.csv
{ echo "$header" && yes ',' | head -n 3000; } >nasty/commas.csv
yes '"' | head -n 5000 >nasty/quotes.csv
head -c 200000 /dev/urandom >nasty/noise.csv
printf '\xef\xbb\xbf' >nasty/bom.csv
printf '\n\n\n' >nasty/blank.csv
printf 'x' >nasty/letter.csv
printf 'lead_id,lead_id,email,email\nx1,x2,a@b.fi,c@d.fi\n' >nasty/twice.csv
printf '%s\nx\033[31m1,"a"b\033]0;title\007,c\n' "$header" >nasty/terminal.csv
gzip -c good.csv | tail -c +3 >nasty/no_gzip.csv.gz
{
    echo "$header"
    seq 60000 | sed 's/.*/x&,ad,Meta,,f.csv,2,2026-11-01,,,Jane,,Doe&,jane&@doe-example.fi,,,Doe Oy,CEO/'
} >big.csv
gzip -c big.csv | head -c 90000 >cut.csv.gz

# ---- every program
about_itself() {
    run --help
    is "--help ends with 0" "$status" = 0
    is "--help goes to standard output alone" -s out -a ! -s err
    local missing="" option
    cp out help
    run --list-options
    while read -r option; do
        option=${option%=}
        grep -q -- "$option" help || missing="$missing $option"
    done <out
    is "--help names every option" -z "$missing"
    is "--list-options names some" -s out
    run --version
    is "--version begins with the name" "$(head -n 1 out | cut -d' ' -f1)" = "${program%% *}"
    run --man
    is "--man prints a manual" "$(head -n 1 out | cut -c1-3)" = .Dd
    # shellcheck disable=SC2086
    $program --help >/dev/full 2>err
    is "--help to a full disk ends with 2" $? = 2
    is "and says so" "$(grep -c 'No space left' err)" = 1
}

wrong_use() {
    run --no-such-option
    is "an unknown option ends with 2" "$status" = 2
    is "and says so on standard error alone" -s err -a ! -s out
    is "and where help is" "$(grep -c -- "Try '$program --help'" err)" = 1
    local option
    # shellcheck disable=SC2086
    option=$($program --list-options | sed -n '/^--[a-z-]\{6,\}=/{s/=//p;q}')
    [ -n "$option" ] || option=--version
    run "${option}x"
    is "a mistyped option ends with 2" "$status" = 2
    is "and the right one is named" "$(grep -c -- "did you mean $option" err)" = 1
    [ "$option" = --version ] || run "$option"
    is "a missing value ends with 2" "$status" = 2
    is "and nothing is written" ! -s out
}

# ---- programs that read leads from files
reading() {
    run missing.csv
    is "a missing file ends with 2" "$status" = 2
    is "and is named" "$(grep -c 'missing.csv' err)" -ge 1
    run folder
    is "a folder as file ends with 2" "$status" = 2
    if [ "$(id -u)" != 0 ]; then
        run secret.csv
        is "an unreadable file ends with 2" "$status" = 2
    fi
    run cut.csv.gz
    is "a truncated .gz ends with 2" "$status" = 2
    is "and says so" "$(grep -ci 'truncated\|ends\|damaged\|incomplete' err)" -ge 1
    run empty.csv
    is "zero bytes end with 0" "$status" = 0
    is "and a warning" -s err
    run -q empty.csv
    is "which -q silences" "$status" = 0 -a ! -s err
    run header.csv
    is "a header alone ends with 0" "$status" = 0
    is "and gives a header alone" "$(wc -l <out)" = 1
    run good.csv
    is "a good file ends with 0" "$status" = 0
    is "and gives one record" "$(wc -l <out)" = 2
    is "and nothing is said" ! -s err
    # shellcheck disable=SC2086
    timeout 20 $program <good.csv >piped 2>err
    is "standard input is read when no file is named" "$(wc -l <piped)" = 2
    # shellcheck disable=SC2086
    timeout 20 $program - <good.csv >piped 2>err
    is "and for -" "$(wc -l <piped)" = 2
    # shellcheck disable=SC2086
    timeout 20 $program <&- >out 2>err
    is "a closed standard input ends with 2" $? = 2
    run -q header.csv
    is "-q says nothing" ! -s err
    # shellcheck disable=SC2086
    $program --threads >out 2>err </dev/null
    is "a missing value ends with 2" $? = 2
    run --threads two good.csv
    is "a wrong number ends with 2" "$status" = 2
}

writing() {
    # shellcheck disable=SC2086
    $program -q good.csv >/dev/full 2>err
    is "a full disk ends with 2" $? = 2
    is "and says so" "$(grep -c 'No space left' err)" = 1
    run good.csv -o nowhere/out.csv
    is "-o into a missing folder ends with 2" "$status" = 2
    echo before >kept.csv
    run cut.csv.gz -o kept.csv
    is "a failure leaves the old file" "$(head -c 100 kept.csv)" = before
    run good.csv -o made.csv
    is "-o writes the file" "$(wc -l <made.csv)" = 2
    run good.csv -o made.csv.gz
    is "-o writes a compressed file" "$(gzip -dc made.csv.gz | cmp -s - made.csv && echo same)" = same
    cp good.csv itself.csv
    run itself.csv -o itself.csv
    is "the input as output is refused" "$status" = 2
    is "and left as it was" "$(cmp -s itself.csv good.csv && echo same)" = same
    if [ "$(id -u)" != 0 ]; then
        mkdir -p locked && chmod 555 locked
        run good.csv -o locked/out.csv
        is "-o into a folder without the right to write ends with 2" "$status" = 2
    fi
    run good.csv -o twice.csv --summary ./twice.csv
    is "two outputs in one file are refused" "$status" = 2
    is "and neither is there" ! -e twice.csv
    # The folder can be named, the files in it cannot: where their names would be cut stands a FIFO.
    local deep stage=${program#lead-}
    rm -rf kept && mkdir kept && mkfifo "kept/${stage:0:4}"
    exec 9<>"kept/${stage:0:4}"
    deep=$(printf './%.0s' {1..2043})kept
    run good.csv -o made.csv --keep-all "$deep"
    is "--keep-all in a folder with too long a name ends with 2" "$status" = 2
    is "and says so" "$(grep -c 'name too long' err)" = 1
    is "and makes no file" -z "$(find kept -type f)"
    exec 9>&-
    # shellcheck disable=SC2012,SC2144
    is "no temporary file is left" -z "$(find . -name '*.csv.*' ! -name '*.gz')"
    # shellcheck disable=SC2086
    timeout 20 $program -q big.csv 2>err | head -n 1 >out
    local statuses=("${PIPESTATUS[@]}")
    is "a reader that goes away is quiet" ! -s err
    is "and ends by SIGPIPE" "${statuses[0]}" = 141
}

# Signals: while the input is a pipe that gives nothing more.
stopping() { # SIGNAL
    rm -f fifo
    mkfifo fifo
    # shellcheck disable=SC2086
    env --default-signal="$1" $program -q fifo -o stopped.csv 2>err >/dev/null &
    local job=$!
    exec 9>fifo
    cat good.csv >&9
    sleep 0.3
    kill -s "$1" $job
    local waited=0
    while kill -0 $job 2>/dev/null && [ $waited -lt 20 ]; do
        sleep 0.1
        waited=$((waited + 1))
    done
    is "SIG$1 ends it within two seconds" $waited -lt 20
    exec 9>&-
    kill -9 $job 2>/dev/null
    { wait $job; } 2>/dev/null
    is "SIG$1 leaves no output" ! -e stopped.csv
    is "SIG$1 leaves no temporary file" -z "$(find . -name 'stopped.csv*')"
}

# Signals: while standard output is a pipe that is full and nobody reads.
stopping_full() { # THREADS
    rm -f fifo
    mkfifo fifo
    exec 9<>fifo
    # shellcheck disable=SC2086
    env --default-signal=TERM $program -q --threads "$1" big.csv >&9 2>err 9>&- &
    local job=$! waited=0
    sleep 1
    is "it waits for its reader, threads: $1" "$(kill -0 $job 2>/dev/null && echo waits)" = waits
    kill -s TERM $job
    while kill -0 $job 2>/dev/null && [ $waited -lt 20 ]; do
        sleep 0.1
        waited=$((waited + 1))
    done
    is "SIGTERM ends it within two seconds" $waited -lt 20
    kill -9 $job 2>/dev/null
    { wait $job; } 2>/dev/null
    is "by the signal" $? = 143
    is "and without a word" ! -s err
    exec 9>&-
}

# Foreign bytes must not steer a terminal.
masking() {
    run "$(printf 'no\033[31mfile.csv')"
    is "control characters are masked in messages" "$(grep -c "$(printf '\033')" err)" = 0
    run nasty/terminal.csv
    is "and those of a cell" "$(grep -c "$(printf '[\033\007]')" err)" = 0
}

# What is read and not understood is refused or set aside: in time, and with a status that says so.
enduring() {
    local file
    for file in nasty/*; do
        run "$file" -o endured.csv
        is "$file ends with 0 or 2" "$status" = 0 -o "$status" = 2
        is "$file with 2 gives a reason" "$status" = 0 -o -s err
        is "$file with 2 gives no output" "$status" = 0 -o ! -e endured.csv
        rm -f endured.csv
    done
    is "no temporary file is left of these" -z "$(find . -name 'endured.csv*')"
}

for path in "$build"/lead-* "$build"/leadpipe; do
    [ -x "$path" ] || continue
    program=$(basename "$path")
    about_itself
    wrong_use
    [ "$program" = leadpipe ] && continue
    reading
    writing
    stopping TERM
    stopping HUP
    stopping INT
    stopping_full 1
    stopping_full 4
    masking
    enduring
done

for subcommand in $(leadpipe --help | sed -n 's/^  leadpipe \([a-z]*\)  .*/\1/p'); do
    program="leadpipe $subcommand"
    about_itself
    wrong_use
done

# ---- the screen about an export
program="leadpipe inspect"
run missing.csv
is "a missing file ends with 2" "$status" = 2
is "and is named" "$(grep -c 'missing.csv' err)" -ge 1
run folder
is "a folder as file ends with 2" "$status" = 2
run cut.csv.gz
is "a truncated .gz ends with 2" "$status" = 2
run empty.csv header.csv
is "zero bytes and a header alone end with 0" "$status" = 0
run good.csv
is "a good file ends with 0" "$status" = 0 -a ! -s err
cp out shown
timeout 20 leadpipe inspect <good.csv >out 2>err
is "standard input is read when no file is named" "$(sed 1d out | grep -v source_name)" = "$(sed 1d shown | grep -v source_name)"
leadpipe inspect good.csv >/dev/full 2>err
is "a full disk ends with 2" $? = 2
run missing.csv good.csv
is "a file that cannot be read ends with 2" "$status" = 2
is "and does not hide the others" "$(cmp -s out shown && echo same)" = same
run --no-examples good.csv
is "--no-examples shows nothing of the leads" "$(grep -ci 'jane\|doe-example\|0199' out)" = 0
for file in nasty/*; do
    for format in "" --json; do
        # shellcheck disable=SC2086  # an option or none
        run $format "$file"
        is "$file $format ends with 0 or 2" "$status" = 0 -o "$status" = 2
        is "$file $format is masked" "$(grep -c "$(printf '[\033\007]')" out)" = 0
    done
done

# ---- the run folder
program="leadpipe run"
run good.csv
is "no -o ends with 2" "$status" = 2
run good.csv -o made
is "a good file ends with 0" "$status" = 0
is "leads are reached through the folder" "$(wc -l <made/leads.csv)" = 2
first=$(readlink made/latest)
run missing.csv -o made
is "a failure ends with 2" "$status" = 2
is "and leaves the last whole run in place" "$(readlink made/latest)" = "$first"
is "and nothing half" -z "$(find made -name '*.partial')"
run good.csv -o made
is "the next run is the latest" "$(readlink made/latest)" != "$first"
echo "1..$number"
