#!/usr/bin/python3
"""Compares what an independent reader found in the writer's output with what was meant.

    roundtrip.py MEANT FORMAT FILE      rdflib reads FILE
    roundtrip.py MEANT lines FILE       FILE is N-Triples or N-Quads that a reader wrote (FILE "-": standard input)

MEANT is the output of `nasty meant`. Prints the triples that are missing or too many; exit 1 when there are any.
"""
import re
import sys

import rdflib

rdflib.NORMALIZE_LITERALS = False
WITH_GRAPHS = {"trig", "nquads", "lines4"}


def meant(path, graphs):
    found = set()
    for line in open(path):
        f = [bytes.fromhex(x).decode() if i != 3 else x for i, x in enumerate(line.rstrip("\n").split("\t"))]
        found.add(tuple(f if graphs else [""] + f[1:]))
    return found


def as_tuple(graph, s, p, o):
    if isinstance(o, rdflib.URIRef):
        return (graph, str(s), str(p), "iri", str(o), "", "")
    datatype = "" if o.datatype is None else str(o.datatype)
    if datatype == "http://www.w3.org/2001/XMLSchema#string":
        datatype = ""
    return (graph, str(s), str(p), "literal", str(o), o.language or "", datatype)


def by_rdflib(path, form):
    if form in ("trig", "nquads"):
        data = rdflib.ConjunctiveGraph()
        data.parse(path, format=form)
        # what stands in the default graph gets the file's name from rdflib
        return {as_tuple("" if str(g.identifier).startswith("file:") else str(g.identifier), s, p, o)
                for s, p, o, g in data.quads()}
    data = rdflib.Graph()
    data.parse(path, format=form)
    return {as_tuple("", s, p, o) for s, p, o in data}


TERM = r'<([^>]*)>|"((?:[^"\\\n\r]|\\.)*)"(?:@([A-Za-z0-9-]+)|\^\^<([^>]*)>)?'
LINE = re.compile(r"^\s*<([^>]*)>\s*<([^>]*)>\s*(?:%s)\s*(?:<([^>]*)>\s*)?\.\s*$" % TERM)
NAMED = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f", '"': '"', "'": "'", "\\": "\\"}


def unescape(text):
    return re.sub(r"\\(u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)",
                  lambda m: chr(int(m[1][1:], 16)) if len(m[1]) > 1 else NAMED[m[1]], text)


def by_lines(path, graphs):
    """N-Triples and N-Quads are lines: our own reading of them, strict."""
    found = set()
    data = sys.stdin.buffer.read() if path == "-" else open(path, "rb").read()
    for line in data.decode("utf-8").split("\n"):
        if not line or line.startswith("#"):
            continue
        m = LINE.match(line)
        if not m:
            raise SystemExit("not a line of N-Triples: " + repr(line))
        s, p, iri, text, lang, datatype, graph = m.groups()
        datatype = "" if datatype == "http://www.w3.org/2001/XMLSchema#string" else unescape(datatype or "")
        o = ("iri", unescape(iri), "", "") if iri is not None else ("literal", unescape(text), lang or "", datatype)
        found.add((unescape(graph or "") if graphs else "", unescape(s), unescape(p)) + o)
    return found


def main():
    path, form, file = sys.argv[1:4]
    graphs = form in WITH_GRAPHS
    want = meant(path, graphs)
    have = by_lines(file, graphs) if form.startswith("lines") else by_rdflib(file, form)
    if form not in ("lines", "lines4") or "--fold-tags" in sys.argv:  # readers may normalise the case of tags
        want = {t[:5] + (t[5].lower(),) + t[6:] for t in want}
        have = {t[:5] + (t[5].lower(),) + t[6:] for t in have}
    for sign, part in (("missing", want - have), ("too many", have - want)):
        for triple in sorted(part)[:20]:
            print(sign, triple[3:], "<-", triple[:3])
    print(len(want), "meant,", len(have), "read")
    sys.exit(want != have)


if __name__ == "__main__":
    main()
