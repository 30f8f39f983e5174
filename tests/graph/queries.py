#!/usr/bin/python3
"""usage: queries.py PROGRAM N SEED [SHAPE…]    Random small graphs, random connected queries: the same rows as rdflib, or a refusal.

Prints how many of each shape agree, are refused, and differ; SHOW=1 shows the first difference of each shape. Exit 1 when any differs."""
import collections
import json
import os
import random
import subprocess
import sys
import tempfile

import rdflib

E = 'http://e/'


class Query:
    """Grows a query whose triples share variables."""

    def __init__(self, r):
        self.r, self.names = r, iter('bcdefghijklmnopqrstuvw')

    def triples(self, known, n):
        """n triples over the variables in known, which gets the new ones."""
        text = ''
        for _ in range(n):
            one = self.r.choice(known)
            other = self.r.choice(known) if self.r.random() < .35 else next(self.names)
            a, b = '?' + one, f':s{self.r.randint(1, 3)}' if self.r.random() < .12 else '?' + other
            if b[0] == '?' and other not in known:
                known.append(other)
            if b[0] == '?' and self.r.random() < .4:
                a, b = b, a
            text += f'{a} :p{self.r.randint(0, 2)} {b} . '
        return text

    def more(self, known, most=2):
        """Triples that join to known, and known with their variables."""
        known = list(known)
        text = self.triples(known, self.r.randint(1, most))
        return text, known

    def used(self, text, known):
        return [v for v in known if '?' + v in text]


def shapes():
    def bgp(q, base, v): return base + q.more(v)[0]
    def filterbase(q, base, v): return base + f'FILTER(?{q.r.choice(v)} != :s1) ' + q.more(v)[0]
    def bindtriple(q, base, v): return base + f'BIND(STR(?{q.r.choice(v)}) AS ?z) ' + q.more(v)[0]
    def bindfilter(q, base, v): return base + f'BIND(STR(?{q.r.choice(v)}) AS ?z) FILTER(?z != "http://e/s1")'
    def one(q, base, v): return base + 'OPTIONAL { %s} ' % q.more(v)[0]
    def two(q, base, v): return base + ''.join('OPTIONAL { %s} ' % q.more(v)[0] for _ in range(q.r.randint(2, 3)))
    def chain(q, base, v):
        t, w = q.more(v)
        return base + 'OPTIONAL { %s} OPTIONAL { %s} ' % (t, q.more(w)[0])
    def nested(q, base, v):
        t, w = q.more(v)
        return base + 'OPTIONAL { %sOPTIONAL { %s} } ' % (t, q.more(q.used(t, w) or w)[0])
    def nestedout(q, base, v):
        t, w = q.more(v)
        return base + 'OPTIONAL { %sOPTIONAL { %s} } ' % (t, q.more(w)[0])
    def optfilter(q, base, v):
        t, w = q.more(v)
        x, y = q.r.choice(w), q.r.choice(v)
        inner = q.r.choice([f'?{x} != ?{y}', f'?{x} = :s1', f'?{y} = :s2', f'STR(?{x}) < STR(?{y})'])
        outer = q.r.choice(['', '', f'FILTER(BOUND(?{x})) ', f'FILTER(!BOUND(?{x})) ', f'FILTER(?{y} != :s1) '])
        return base + 'OPTIONAL { %sFILTER(%s) } %s' % (t, inner, outer)
    def after(q, base, v): return base + 'OPTIONAL { %s} %s' % (q.more(v)[0], q.more(v)[0])
    def afterall(q, base, v):
        t, w = q.more(v)
        return base + 'OPTIONAL { %s} %s' % (t, q.more(w)[0])
    def first(q, base, v): return 'OPTIONAL { %s} %s' % (q.more(v)[0], base)
    def filtermid(q, base, v): return base + 'FILTER(?%s != :s1) OPTIONAL { %s} ' % (q.r.choice(v), q.more(v)[0])
    def union(q, base, v): return base + '{ %s} UNION { %s} ' % (q.more(v)[0], q.more(v)[0])
    def unionalone(q, base, v): return '{ %s} UNION { %s} ' % (base, q.more(v)[0])
    def unionfilter(q, base, v): return '{ %s} UNION { %s} FILTER(?a != :s1)' % (base, q.more(v)[0])
    def unionfirst(q, base, v): return '{ %s} UNION { %s} %s' % (base, q.more(v)[0], q.more(v)[0])
    def unionopt(q, base, v): return '{ %sOPTIONAL { %s} } UNION { %s} ' % (base, q.more(v)[0], q.more(v)[0])
    def unioninopt(q, base, v): return base + 'OPTIONAL { { %s} UNION { %s} } ' % (q.more(v)[0], q.more(v)[0])
    def unionthenopt(q, base, v): return '{ %s} UNION { %s} OPTIONAL { %s} ' % (base, base + q.more(v)[0], q.more(v)[0])
    def group(q, base, v): return base + '{ %s} ' % q.more(v)[0]
    def groupalone(q, base, v): return '{ %s} ' % base
    def groupopt(q, base, v): return '{ %s} OPTIONAL { %s} ' % (base, q.more(v)[0])
    def groupinopt(q, base, v):
        t, w = q.more(v)
        return base + 'OPTIONAL { %s{ %s} } ' % (t, q.more(w)[0])
    def bind(q, base, v): return base + 'BIND(STR(?%s) AS ?z) OPTIONAL { %s} ' % (q.r.choice(v), q.more(v)[0])
    def bindafter(q, base, v):
        t, w = q.more(v)
        return base + 'OPTIONAL { %s} BIND(STR(?%s) AS ?z)' % (t, q.r.choice(w))
    def bindinopt(q, base, v):
        t, w = q.more(v)
        return base + 'OPTIONAL { %sBIND(STR(?%s) AS ?z) } ' % (t, q.r.choice(q.used(t, w)))
    def values(q, base, v): return 'VALUES ?%s { :s1 } %sOPTIONAL { %s} ' % (q.r.choice(v), base, q.more(v)[0])
    def valuesinopt(q, base, v):
        t, w = q.more(v)
        return base + 'OPTIONAL { VALUES ?%s { :s1 } %s} ' % (q.r.choice(q.used(t, w)), t)
    def valuesend(q, base, v): return base + 'OPTIONAL { %s} } VALUES ?%s { :s1 ' % (q.more(v)[0], q.r.choice(v))
    def onlyopt(q, base, v): return 'OPTIONAL { %s} ' % base
    return dict(locals())


def query(shape, r):
    q = Query(r)
    known = ['a']
    base = q.triples(known, r.randint(1, 2))
    text = shapes()[shape](q, base, known)
    return 'PREFIX : <%s> %s { %s}' % (E, r.choice(['SELECT *', 'SELECT *', 'SELECT DISTINCT *', 'SELECT ?a', 'SELECT ?a ?b']), text)


def graph(r):
    n = r.randint(3, 4)
    node = lambda: f':s{r.randint(1, n)}'
    return f'@prefix : <{E}> .\n' + '\n'.join(sorted({f'{node()} :p{r.randint(0, 2)} {node()} .' for _ in range(r.randint(10, 18))})) + '\n'


def bag(rows):
    """Rows without any value are left out: rdflib does not give them."""
    return collections.Counter(tuple(sorted(row.items())) for row in rows if row)


def compare(program, turtle, text, file):
    """'same', 'refused: why', or the rows that are too many and missing"""
    with open(file, 'w') as f:
        f.write(turtle)
    out = subprocess.run([program, 'query', '-f', 'json', text, file], capture_output=True, text=True)
    if out.returncode:
        return 'refused', out.stderr.strip()
    have = bag({k: v['value'] for k, v in b.items()} for b in json.loads(out.stdout)['results']['bindings'])
    g = rdflib.Graph().parse(data=turtle, format='turtle')
    want = bag({str(k): str(v) for k, v in row.asdict().items()} for row in g.query(text))
    if have == want:
        return 'same', ''
    return 'DIFFERENT', f'{turtle}{text}\ntoo many {dict(have - want)}\nmissing {dict(want - have)}'


def main():
    program, n, seed = sys.argv[1], int(sys.argv[2]), sys.argv[3]
    total, why, differ = collections.Counter(), collections.Counter(), 0
    with tempfile.TemporaryDirectory() as folder:
        for shape in sys.argv[4:] or shapes():
            count, shown = collections.Counter(), False
            for i in range(n):
                r = random.Random(f'{seed} {shape} {i}')
                verdict, text = compare(program, graph(r), query(shape, r), folder + '/g.ttl')
                count[verdict] += 1
                if verdict == 'refused':
                    why[text] += 1
                if verdict == 'DIFFERENT' and not shown and os.environ.get('SHOW'):
                    shown = True
                    print(text)
            print(f'{shape:14}', dict(count))
            total += count
    print(f'{"all":14}', dict(total))
    for text, k in why.most_common():
        print(k, text)
    sys.exit(total['DIFFERENT'] > 0)


if __name__ == '__main__':
    main()
