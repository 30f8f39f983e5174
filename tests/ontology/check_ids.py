#!/usr/bin/env python3
"""Checks every Wikidata id below ontology/ against the tables of facts in ../shared/facts: the id is in them, and names the same thing.
Prints TAP; skips where the tables are absent."""
import csv, os, re, sys, unicodedata

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
FACTS = os.path.join(ROOT, "..", "shared", "facts")
KB = os.path.join(ROOT, "ontology", "kb")
SHOWN = 20


def fold(name):
    name = re.sub(r"\\u([0-9a-fA-F]{4})", lambda m: chr(int(m[1], 16)), name).replace("’", "'").replace("ł", "l").replace("Ł", "L")
    plain = unicodedata.normalize("NFKD", name.lower())
    return re.sub(r"[\W_]+|^the ", " ", "".join(c for c in plain if not unicodedata.combining(c))).strip()


def read_facts():
    """id → the names that the facts know for it"""
    names = {}
    def add(qid, *labels):
        if re.fullmatch(r"Q[1-9]\d*", qid or ""): names.setdefault(qid, set()).update(fold(l) for l in labels if l and l != "null")
    with open(os.path.join(FACTS, "wikidata-entities.tsv"), encoding="utf-8") as f:
        for line in f:
            cells = line.rstrip("\n").split("\t")
            if len(cells) > 2: add(cells[0], cells[1], *cells[2].split("|"))
    with open(os.path.join(FACTS, "leaders.csv"), encoding="utf-8") as f:
        for r in csv.DictReader(f):
            for what in ("country", "position", "person"): add(r[what + "_qid"], r[what])
    with open(os.path.join(FACTS, "organisations.csv"), encoding="utf-8") as f:
        for r in csv.DictReader(f): add(r["qid"], r["name"], r["abbreviation"], r["other_name"])
    return names


def rows():
    for name in sorted(os.listdir(KB)):
        if not name.endswith(".tsv") or name == "terms.tsv": continue
        with open(os.path.join(KB, name), encoding="utf-8") as f:
            for number, line in enumerate(f, 1):
                cells = line.rstrip("\n").split("\t")
                if line[0] != "#" and len(cells) == 8: yield f"{name}:{number}", cells


def report(number, bad, what):
    print(f"{'not ok' if bad else 'ok'} {number} - {what}")
    for line in bad[:SHOWN]: print("#", line)
    if len(bad) > SHOWN: print(f"# and {len(bad) - SHOWN} more")
    return not bad


def check_tables(facts):
    unknown, other = [], []
    for where, (qid, title, label, _, _, _, _, aliases) in rows():
        if qid == "-": continue
        ours = {fold(n) for n in [label, title.replace("_", " "), re.sub(r"_\(.*\)$", "", title).replace("_", " "), *aliases.split("|")]}
        if qid not in facts: unknown.append(f"{where}: {qid} {label}")
        elif not ours & facts[qid]: other.append(f"{where}: {qid} is {sorted(facts[qid])}, not {label}")
    return report(1, unknown, "every Wikidata id of the tables is known") & report(2, other, "and means the thing that the row names")


def check_turtle(facts):
    bad = []
    for name in sorted(os.listdir(os.path.join(ROOT, "ontology"))):
        if not name.endswith(".ttl"): continue
        with open(os.path.join(ROOT, "ontology", name), encoding="utf-8") as f:
            for qid in re.findall(r"(?:wd:|wikidata\.org/entity/)(Q\d+)", f.read()):
                if qid not in facts: bad.append(f"{name}: {qid}")
    return report(3, bad, "every Wikidata id of the ontology is known")


def main():
    if not os.path.isdir(FACTS):
        print("1..0 # SKIP no tables of facts in ../shared/facts")
        return 0
    facts = read_facts()
    print("1..3")
    return 0 if check_tables(facts) & check_turtle(facts) else 1


if __name__ == "__main__":
    sys.exit(main())
