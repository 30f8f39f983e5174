#!/usr/bin/env bash
# Wikidata ids of the knowledge base against the tables of facts, where those are at hand.
cd "$(dirname "$0")/../.." || exit 1
exec /usr/bin/python3 tests/ontology/check_ids.py
