#!/usr/bin/env bats
# What linked entities are called, and how sure the links are.
load helper

subjects() { "$TIDINGS" -f ntriples --iri "$1" a.txt | cut -d' ' -f1 | sort -u; }

@test "--iri local is the default" {
	"$TIDINGS" -f ntriples a.txt >default
	"$TIDINGS" -f ntriples --iri local a.txt | cmp default -
	! subjects local | grep -E 'wikidata|dbpedia'
}

@test "--iri wikidata and dbpedia: their names are subjects, the other is sameAs" {
	subjects wikidata | grep -qx '<http://www.wikidata.org/entity/Q76>'
	subjects dbpedia | grep -qx '<http://dbpedia.org/resource/Barack_Obama>'
	"$TIDINGS" -f ntriples --iri wikidata a.txt >wikidata
	grep -qx '<http://www.wikidata.org/entity/Q76> <http://www.w3.org/2002/07/owl#sameAs> <http://dbpedia.org/resource/Barack_Obama> \.' wikidata
	! grep -q 'sameAs> <http://www.wikidata.org' wikidata
}

@test "--iri changes no other name" {
	for names in local wikidata dbpedia; do subjects $names | grep -v -E '/entity/|dbpedia' >$names; done
	[ "$(wc -l <local)" -gt 5 ]
	cmp local wikidata
	cmp local dbpedia
}

@test "--iri takes the three words only" {
	tidings --iri freebase a.txt
	exits 2
	says 'local wikidata dbpedia'
}

@test "names that are linked say how sure that is, others do not" {
	printf 'Barack Obama met Zyxel Quorvath in Berlin.\n' >mixed.txt
	"$TIDINGS" -f ntriples mixed.txt >out.nt
	grep -qE '#char=0,12> <[^>]*taConfidence> "0\.[0-9]{1,2}"\^\^<http://www.w3.org/2001/XMLSchema#decimal>' out.nt
	! grep -qE '#char=17,31> <[^>]*taConfidence>' out.nt
	grep -qE '#char=17,31> <[^>]*taIdentRef>' out.nt
	! "$TIDINGS" -f ntriples --provenance document mixed.txt | grep -q taConfidence
}

@test "--provenance full: relations tell what they were read from" {
	printf 'The mayor of Dresden, Germany, resigned.\n' >near.txt
	"$TIDINGS" -f ntriples --provenance full near.txt >out.nt
	statement=$(grep -oE '^<[^>]*/relation/[0-9a-f]+>' out.nt | head -1)
	[ -n "$statement" ]
	grep -F "$statement" out.nt | grep -q 'predicate> <https://w3id.org/tidings/ns#locatedIn>'
	grep -F "$statement" out.nt | grep -qE 'wasDerivedFrom> <[^>]*#char=[0-9]+,[0-9]+>'
	! "$TIDINGS" -f ntriples near.txt | grep -q '/relation/'
}

@test "-v tells how much of each document is not known" {
	printf 'Barack Obama met Zyxel Quorvath in Berlin.\n' >mixed.txt
	tidings -v mixed.txt
	[[ $stderr =~ mixed\.txt:.*[0-9]+\ of\ [0-9]+\ mentions\ without\ entity,\ 1\ of\ 3\ entities\ without\ link ]] || fail 'no coverage'
}
