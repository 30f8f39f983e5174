#!/usr/bin/env python3
"""Development tool for the knowledge base's tables; the build reads only the tables.

    make_kb.py FACTS ids TABLE.tsv…    fills in missing Wikidata ids, where FACTS has exactly one thing of that name and kind
    make_kb.py FACTS more              writes the generated tables (more-*.tsv) of what the other tables do not have

FACTS is a folder with wikidata-entities.tsv, leaders.csv, organisations.csv, countries.csv and world-cities.csv."""
import codecs, collections, csv, os, re, sys

HERE = os.path.dirname(os.path.abspath(__file__))
COLUMNS = "wikidata dbpedia label class country gender prior aliases".split()
KIND = {"Person": {"Q215627"}, "Organization": {"Q43229", "Q4164871", "Q431289"}, "Place": {"Q27096213"},
        "Facility": {"Q27096213", "Q43229", "Q2424752", "Q12737077"}, "Product": {"Q2424752", "Q431289", "Q17537576"},
        "Work": {"Q17537576", "OTHER", "Q2424752"}, "Award": {"Q618779", "OTHER", "Q2424752"}, "Group": {"Q33829", "OTHER", "Q43229"}}
# Namesakes that look right and are not: title → id.
NOT_THE_SAME = {
    ("Labour_Party_(UK)", "Q3366796"), ("Bob_Menendez", "Q115137457"), ("Panorama_(British_TV_programme)", "Q41363"),
    ("Communist_Party_of_India_(Marxist)", "Q837159"), ("Communist_Party_of_India_(Maoist)", "Q837159"), ("Monarchy_of_the_United_Kingdom", "Q9134365"),
    ("European_Court_of_Justice", "Q4951"), ("Theo_van_Gogh_(film_director)", "Q317188"), ("Mary_Robinson", "Q20648564"),
    ("Sergei_Ivanov", "Q16601015"), ("Leonid_Slutsky_(politician)", "Q65497833"), ("John_Oliver", "Q22279481"),
    ("Georgetown,_Guyana", "Q1468648"), ("Charleston,_South_Carolina", "Q44564"), ("Rolls-Royce_Holdings", "Q243278"),
    ("Chamber_of_Deputies_(Brazil)", "Q629133"), ("Ministry_of_Foreign_Affairs_(Russia)", "Q697158"),
    ("Ministry_of_Foreign_Affairs_(China)", "Q697158"), ("Ministry_of_Defence_(United_Kingdom)", "Q3564646"),
    ("Ministry_of_Defence_(Russia)", "Q3564646"), ("House_of_Commons_of_the_United_Kingdom", "Q383590"),
    ("The_Coca-Cola_Company", "Q2813"), ("BlackBerry_Limited", "Q502121"), ("West_Midlands_(county)", "Q48038"), ("Norfolk", "Q49231"),
    ("Flint,_Michigan", "Q490584"),
}
OFFICIAL = {"bio", "congress", "legislators", "leaders", "foreign", "holders", "igo"}


def unescape(text):
    return re.sub(r"\\u[0-9a-fA-F]{4}|\\U[0-9a-fA-F]{8}", lambda m: chr(int(m[0][2:], 16)), text)


class Fact:
    def __init__(self, row):
        row += [""] * (7 - len(row))
        self.qid, self.label = row[0], unescape(row[1])
        self.others = [unescape(o) for o in row[2].split("|") if o and o != "null"]
        self.types = {t for t in row[3].split("|") if t}
        self.seen = int(row[4] or 0)
        self.sources = set(row[6].split(","))
        self.number = int(self.qid[1:])


def read_facts(folder):
    with open(os.path.join(folder, "wikidata-entities.tsv"), encoding="utf-8") as f:
        rows = [line.rstrip("\n").split("\t") for line in f][1:]
    facts = [Fact(r) for r in rows if re.fullmatch(r"Q[1-9][0-9]*", r[0])]
    named = collections.defaultdict(list)
    for fact in facts:
        for name in {fact.label, *fact.others}:
            named[name.lower()].append(fact)
    return facts, named


def read_table(path):
    with open(path, encoding="utf-8") as f:
        lines = f.read().split("\n")
    return [line if not line or line[0] == "#" else dict(zip(COLUMNS, line.split("\t"))) for line in lines]


def write_table(path, lines):
    with open(path, "w", encoding="utf-8") as f:
        f.write("\n".join(l if isinstance(l, str) else "\t".join(l[c] or "-" for c in COLUMNS) for l in lines))


def find_id(named, label, cls, places=frozenset()):
    """The one thing of that name: of the right kind when kinds are known; else a single untyped one, if the name is long."""
    found = named.get(label.lower(), [])
    right = [f for f in found if f.types & KIND.get(cls, set())]
    official = [f for f in found if f.sources & OFFICIAL and (not f.types or f in right)]
    if cls == "Person" and len(official) == 1: return official[0]
    if len(right) == 1: return right[0]
    if len(right) > 1:
        right.sort(key=lambda f: -f.seen)
        return right[0] if right[0].seen >= 5 * max(1, right[1].seen) and right[0].number < 200000 else None
    untyped = [f for f in found if not f.types]
    if len(untyped) != 1 or len(found) != 1: return None
    fact = untyped[0]
    if fact.sources & OFFICIAL: return fact
    if cls == "Person": return fact if " " in label and fact.number < 3000000 else None
    return fact if fact.number < (3000000 if len(label.split()) > 2 else 200000 if " " in label else 60000) else None


def fill_ids(folder, tables):
    _, named = read_facts(folder)
    taken = {l["wikidata"] for name in os.listdir(HERE) if name.endswith(".tsv") and name != "terms.tsv"
             for l in read_table(os.path.join(HERE, name)) if isinstance(l, dict)}
    for path in tables:
        lines = read_table(path)
        for line in lines:
            if isinstance(line, str) or line["wikidata"] != "-": continue
            title = re.sub(r"_\(.*\)$", "", line["dbpedia"]).replace("_", " ")
            for name in [line["label"], title] + [a for a in line["aliases"].split("|") if " " in a and ":" not in a]:
                fact = find_id(named, name, line["class"]) if name and name != "-" else None
                if fact and fact.qid not in taken and (line["dbpedia"], fact.qid) not in NOT_THE_SAME:
                    line["wikidata"] = fact.qid
                    taken.add(fact.qid)
                    print(line["label"], fact.qid, fact.label, ",".join(sorted(fact.types)) or "untyped", fact.seen, sep="\t")
                    break
        write_table(path, lines)


def main(argv):
    if len(argv) > 3 and argv[2] == "ids": return fill_ids(argv[1], argv[3:])
    sys.exit(__doc__)


if __name__ == "__main__":
    main(sys.argv)
