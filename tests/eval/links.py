#!/usr/bin/env python3
"""usage: links.py TOOL FOLDER…    How far a link is as sure as it says: TOOL (tidings) reads the texts of each folder, and its links are compared
with those of the annotators. Folders hold DOC.txt with DOC.meta.json and DOC.spans.json, or MEANTIME's CAT files (*.xml). Each name of an
entity counts once a document; links of names that nobody annotated are not judged."""
import collections, glob, json, os, re, subprocess, sys, tempfile
import urllib.parse
import xml.etree.ElementTree as ET

NIF = "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#"
ITS = "http://www.w3.org/2005/11/its/rdf#"
DBR = "http://dbpedia.org/resource/"
# Articles that have been renamed since MEANTIME was annotated.
RENAMED = {"United_Automobile_Workers": "United_Auto_Workers", "London_Heathrow_Airport": "Heathrow_Airport", "Thomas_Enders": "Tom_Enders",
           "Airbus_A350_XWB": "Airbus_A350", "Airbus_Group": "Airbus", "Airbus_SE": "Airbus"}
EDGES = [0, 40, 50, 60, 70, 80, 90, 95, 101]


def titled(ref):
    ref = re.sub(r"^https?://(en\.)?(dbpedia\.org/(resource|page)|wikipedia\.org/wiki)/", "", ref or "")
    title = urllib.parse.unquote(ref).replace(" ", "_")
    return RENAMED.get(title, title)


def read_gold(folder):
    """text, date, [(from, to, title or "")]; "" for what has no article"""
    for path in sorted(glob.glob(folder + "/*.spans.json")):
        stem = path[:-len(".spans.json")]
        with open(path, encoding="utf-8") as f: entities = json.load(f)["entities"]
        with open(stem + ".meta.json", encoding="utf-8") as f: date = json.load(f)["date"]
        with open(stem + ".txt", encoding="utf-8", newline="") as f: text = f.read()
        yield text, date, [(s[0], s[1], titled(e.get("wikipedia"))) for e in entities for s in e["spans"]]


def read_cat(path):
    root = ET.parse(path).getroot()
    text, at, sentence = "", {}, None
    for t in root.iter("token"):
        text += "" if sentence is None else " " if t.get("sentence") == sentence else "\n\n"
        sentence = t.get("sentence")
        at[t.get("t_id")] = len(text), len(text) + len(t.text)
        text += t.text
    refs = {e.get("m_id"): titled(e.get("external_ref")) for e in root.iter("ENTITY") if e.get("external_ref")}
    names = {}
    for r in root.iter("REFERS_TO"):
        for target in r.findall("target"):
            for source in r.findall("source"): names[source.get("m_id")] = refs.get(target.get("m_id"))
    spans = []
    for m in root.iter("ENTITY_MENTION"):
        toks = [at[a.get("t_id")] for a in m.findall("token_anchor")]
        if toks and names.get(m.get("m_id")): spans.append((toks[0][0], toks[-1][1], names[m.get("m_id")]))
    date = next((t.get("value") for t in root.iter("TIMEX3") if t.get("functionInDocument") == "CREATION_TIME"), None)
    return text, date, spans


def read_folder(folder):
    yield from read_gold(folder)
    for path in sorted(glob.glob(folder + "/**/*.xml", recursive=True)): yield read_cat(path)


def links(tool, text, date):
    """(from, to, entity, titles, confidence) of each name that is linked"""
    with tempfile.TemporaryDirectory() as scratch:
        path = os.path.join(scratch, "text.txt")
        with open(path, "w", encoding="utf-8", newline="") as f: f.write(text)
        given = ["--date", date] if date and re.fullmatch(r"\d{4}-\d\d-\d\d", date) else []
        out = subprocess.run([tool, "build", "-q", "-f", "ntriples", *given, path], check=True, capture_output=True, text=True).stdout
    facts = collections.defaultdict(lambda: collections.defaultdict(list))
    for line in out.split("\n"):
        m = re.match(r'<([^>]*)> <([^>]*)> (?:<([^>]*)>|"((?:[^"\\]|\\.)*)".*) \.$', line)
        if m: facts[m[1]][m[2]].append(m[3] or m[4])
    for mention in list(facts.values()):
        if ITS + "taConfidence" not in mention: continue
        begin, end, sure = int(mention[NIF + "beginIndex"][0]), int(mention[NIF + "endIndex"][0]), float(mention[ITS + "taConfidence"][0])
        for entity in mention[ITS + "taIdentRef"]:
            titles = {titled(o) for o in facts[entity]["http://www.w3.org/2002/07/owl#sameAs"] if o.startswith(DBR)}
            if titles: yield begin, end, entity, titles, sure


def judge(link, spans):
    """Of the span that ends where the link does, and shares most with it: the annotators' title ("" for what has none), or None where none has looked"""
    begin, end = link[:2]
    best, wanted = .5, None
    for a, b, title in spans:
        shared = min(b, end) - max(a, begin)
        dice = 2 * shared / (b - a + end - begin)
        if shared > 0 and abs(b - end) <= 2 and dice >= best: best, wanted = dice, title
    return wanted


def report(name, judged):
    print(f"== {name}: {len(judged)} links judged, {100 * sum(r for _, r in judged) / max(1, len(judged)):.1f} % right")
    print(f"{'said':>9} {'links':>6} {'said, mean':>11} {'right':>7}")
    gap = 0
    for low, high in zip(EDGES, EDGES[1:]):
        bin_ = [(s, r) for s, r in judged if low <= round(100 * s) < high]
        if not bin_: continue
        said, right = (100 * sum(x[i] for x in bin_) / len(bin_) for i in (0, 1))
        gap += len(bin_) * abs(said - right)
        print(f"{low:>5}-{min(high, 100):<3} {len(bin_):>6} {said:>11.1f} {right:>7.1f}")
    print(f"expected calibration error {gap / max(1, len(judged)):.1f}, Brier score {sum((s - r) ** 2 for s, r in judged) / max(1, len(judged)):.4f}")


def main(argv):
    if len(argv) < 3: sys.exit(__doc__)
    every = []
    for folder in argv[2:]:
        judged = []
        for text, date, spans in read_folder(folder):
            seen = set()
            for link in links(argv[1], text, date):
                key, wanted = (text[link[0]:link[1]], link[2]), judge(link, spans)
                if wanted is None or key in seen: continue
                seen.add(key)
                judged.append((link[4], wanted in link[3]))
                if wanted not in link[3] and "LINKS_WRONG" in os.environ: print("wrong:", key[0], *link[3], link[4], "for", wanted or "nothing")
        report(folder, judged)
        every += judged
    if len(argv) > 3: report("all", every)


if __name__ == "__main__":
    main(sys.argv)
