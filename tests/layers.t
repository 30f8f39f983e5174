#!/usr/bin/env bash
# The rules of the house that a grep can check.
cd "$(dirname "$0")/.." || exit 1
n=0
ok() { n=$((n + 1)); if [ -z "$2" ]; then echo "ok $n - $1"; else echo "not ok $n - $1"; sed 's/^/# /' <<<"$2"; fi; }

includes() { grep -lE "#include <($1)" -r src include --include='*.[ch]'; }
one() { local files; files=$(includes "$1"); [ "$(wc -l <<<"$files")" -le 1 ] || echo "$files"; }
# below FOLDER ALLOWED…: FOLDER includes no header of a room behind it in the house
below() {
	local folder=$1; shift
	grep -nE '^#include "(base|doc|nlp|kg|rdf|lib|cli)/' -r "src/$folder" --include='*.[ch]' |
		grep -vE "#include \"($(IFS='|'; echo "$*"))/"
}
ok 'one file includes Redland' "$(one 'librdf|redland|raptor|rasqal')"
ok 'one file includes curl' "$(one 'curl/')"
ok 'base knows nobody' "$(below base base)"
ok 'doc knows base' "$(below doc base doc)"
ok 'nlp knows doc' "$(below nlp base doc nlp)"
ok 'kg does not know rdf, lib and cli' "$(below kg base doc nlp kg)"
ok 'rdf does not know lib and cli' "$(below rdf base doc kg rdf)"
ok 'lib does not know cli' "$(below lib base doc nlp kg rdf lib)"
ok 'no file beyond 500 lines' "$(find src include tests -name '*.[ch]' -exec wc -l {} + | awk '$2 != "total" && $1 > 500')"
ok 'no unsafe string function' "$(grep -nE '\b(strcpy|strcat|sprintf|vsprintf|gets|strtok|system|popen)\(' -r src include --include='*.[ch]')"
ok 'nothing unfinished' "$(grep -nE '\b(TODO|FIXME|XXX|HACK)\b' -r src include ontology tests README.md --include='*' --exclude-dir=node_modules --exclude=layers.t -I)"
ok 'the top level is what the user asked for' "$(git ls-files 2>/dev/null | cut -d/ -f1 | sort -u | grep -vxE 'src|ontology|include|tests|Makefile|README.md|LICENSE|\..*')"
echo "1..$n"
