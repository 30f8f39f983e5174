#!/usr/bin/env python3
"""Coreference against GUM: MUC, B3 and CEAF-e, mentions matched by their heads.

usage: coref.py TIDINGS [--gold-trees] [--genres news,bio,interview,voyage] [--part dev|train]
The corpus is looked for in ../shared/corpora/syntax beside the repository; the script says so and stops with 0 when it is not there.
Only people, places, organizations and objects count (times, events and abstract things are not what the stage looks for), and of those the
chains with a name in them; --all takes in the others too.  tests/eval/coref.py --score DIR compares DIR/*.key with DIR/*.out.
"""
import argparse, os, re, subprocess, sys, tempfile

KINDS = {"person", "place", "organization", "object", "animal"}
HERE = os.path.dirname(os.path.abspath(__file__))
CORPUS = os.path.join(HERE, "..", "..", "..", "shared", "corpora", "syntax", "gum-%s.conllu")


def tokens(text):
    """(form, upos, head, misc, sentence's first token) of every word; heads are indices in the document."""
    out = []
    for sent in re.split(r"\n\s*\n", text):
        rows = [l.split("\t") for l in sent.split("\n") if l and l[0] != "#"]
        rows = [c for c in rows if c[0].isdigit()]
        first = len(out)
        for c in rows:
            out.append((c[1], c[3], first + int(c[6]) - 1 if c[6].isdigit() and c[6] != "0" else -1, c[9], first))
    return out


def spans(toks):
    """Spans of the Entity= brackets: (from, to, chain, kind)."""
    found, opened = [], []
    for i, t in enumerate(toks):
        m = re.search(r"(?:^|\|)Entity=([^|]+)", t[3])
        for part in re.findall(r"\([^()]+\)?|[^()]+\)", m[1]) if m else []:
            name = part.strip("()").split("-")
            if part[0] == "(":
                opened.append((i, name))
                if part[-1] != ")": continue
                k = len(opened) - 1
            else:
                k = next((k for k in range(len(opened) - 1, -1, -1) if opened[k][1][0] == name[0]), None)
                if k is None: continue
            start, name = opened.pop(k)
            found.append((start, i + 1, name[0], name[1] if len(name) > 1 else ""))
    return found


def head(toks, start, end):
    return next((k for k in range(start, end) if not start <= toks[k][2] < end and toks[k][1] != "PUNCT"), end - 1)


def chains(toks, mentions):
    """Chain → set of head tokens; where two mentions share a head the longer one speaks."""
    by_head = {}
    for start, end, chain, kind in sorted(mentions, key=lambda m: m[1] - m[0]):
        by_head[head(toks, start, end)] = (chain, kind)
    out = {}
    for h, (chain, kind) in by_head.items():
        out.setdefault(chain, set()).add(h)
    return out, by_head


def muc(a, b):
    """Links of a that b has too: (right, all)."""
    of = {m: i for i, c in enumerate(b) for m in c}
    right = total = 0
    for c in a:
        right += len(c) - len({of.get(m, ("alone", m)) for m in c})
        total += len(c) - 1
    return right, total


def b_cubed(a, b):
    of = {m: c for c in b for m in c}
    return sum(len(c & of[m]) / len(c) for c in a for m in c if m in of), sum(map(len, a))


def ceaf(a, b):
    """Similarity of the best one-to-one alignment (greedy: it differs little here and needs no solver)."""
    of = {}
    for j, c in enumerate(b):
        for m in c: of.setdefault(m, []).append(j)
    pairs = {}
    for i, c in enumerate(a):
        for j in {j for m in c for j in of.get(m, [])}:
            pairs[i, j] = 2 * len(c & b[j]) / (len(c) + len(b[j]))
    used_a, used_b, total = set(), set(), 0
    for (i, j), w in sorted(pairs.items(), key=lambda p: (-p[1], p[0])):
        if i in used_a or j in used_b: continue
        used_a.add(i); used_b.add(j); total += w
    return total


class Scores:
    def __init__(self): self.sums = {k: [0.0] * 4 for k in ("MUC", "B3", "CEAF-e", "mentions")}

    def add(self, gold, said):
        for name, f in (("MUC", muc), ("B3", b_cubed)):
            r, n = f(gold, said); p, m = f(said, gold)
            for k, v in enumerate((r, n, p, m)): self.sums[name][k] += v
        w = ceaf(gold, said)
        for k, v in enumerate((w, len(gold), w, len(said))): self.sums["CEAF-e"][k] += v
        gm, sm = set().union(*gold) if gold else set(), set().union(*said) if said else set()
        for k, v in enumerate((len(gm & sm), len(gm), len(gm & sm), len(sm))): self.sums["mentions"][k] += v

    def show(self, title):
        print(title); average = []
        for name, (r, n, p, m) in self.sums.items():
            R, P = (r / n if n else 0), (p / m if m else 0)
            F = 2 * P * R / (P + R) if P + R else 0
            if name != "mentions": average.append(F)
            print(f"  {name:9} P {100 * P:5.1f}  R {100 * R:5.1f}  F1 {100 * F:5.1f}")
        print(f"  average F1 {100 * sum(average) / len(average):.1f}")


def named_chains(toks, by_head):
    return {c for h, (c, kind) in by_head.items() if toks[h][1] == "PROPN" and kind in KINDS}


def compare(toks, gold_spans, said_spans, totals):
    gold, gold_heads = chains(toks, gold_spans)
    said, said_heads = chains(toks, said_spans)
    kind = {c: k for c, k in gold_heads.values()}
    named, said_named = named_chains(toks, gold_heads), {c for h, (c, _) in said_heads.items() if toks[h][1] == "PROPN"}
    totals["all"].add([c for k, c in gold.items() if kind[k] in KINDS], list(said.values()))
    totals["named"].add([c for k, c in gold.items() if k in named],
                        [c for k, c in said.items() if k in said_named or any(gold_heads.get(h, ("",))[0] in named for h in c)])


def annotate(tidings, text, keep):
    with tempfile.NamedTemporaryFile("w", suffix=".conllu", encoding="utf-8") as f:
        f.write(text); f.flush()
        command = [tidings, "annotate", "--from", "conllu", "--until", "coref"] + (["--keep"] if keep else []) + [f.name]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("tidings", nargs="?")
    ap.add_argument("--gold-trees", action="store_true")
    ap.add_argument("--genres", default="news,bio,interview,voyage")
    ap.add_argument("--part", default="dev")
    ap.add_argument("--score", metavar="DIR")
    args = ap.parse_args()
    totals = {"named": Scores(), "all": Scores()}
    if args.score:
        for name in sorted(os.listdir(args.score)):
            if not name.endswith(".out") or not re.search(args.genres.replace(",", "|"), name): continue
            base = os.path.join(args.score, name[:-4])
            toks = tokens(open(base + ".conllu", encoding="utf-8").read())
            rows = [l.rstrip("\n").split("\t") for l in open(base + ".out", encoding="utf-8")]
            compare(toks, [s for s in spans(toks)], [(int(r[0]), int(r[1]), r[2], r[4]) for r in rows], totals)
    else:
        if not os.path.exists(CORPUS % args.part):
            print("no corpus at", CORPUS % args.part, "- nothing to measure"); return 0
        for text in open(CORPUS % args.part, encoding="utf-8").read().split("# newdoc id = ")[1:]:
            if not re.search(args.genres.replace(",", "|"), text.split("\n", 1)[0]): continue
            text = "# newdoc id = " + text
            toks = tokens(text)
            compare(toks, spans(toks), spans(tokens(annotate(args.tidings, text, args.gold_trees))), totals)
    totals["named"].show("chains with a name"); totals["all"].show("all chains of people, places, organizations, objects")
    return 0


if __name__ == "__main__":
    sys.exit(main())
