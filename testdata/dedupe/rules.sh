# shellcheck shell=bash
# What the scripts that measure matching share. To be sourced, with $root set.

# The rules for a labelled table, from its kinds.
rules_of() { # FOLDER
    local name file kind
    name=$(basename "$1")
    for file in "$1/kinds" "$root/testdata/dedupe/$name/kinds" "$root/testdata/dedupe/${name/febrl4/febrl3}/kinds"; do
        [ -e "$file" ] || continue
        printf 'match weight\nid rec_id\n'
        for kind in $(cat "$file"); do echo "field ${kind#*=} as ${kind%%=*}"; done
        if head -n 1 "$1/data.csv" | grep -q '^rec_id,truth_id,source,'; then echo "match across source"; fi
        return
    done
    echo "$name has no kinds" >&2
    return 1
}
