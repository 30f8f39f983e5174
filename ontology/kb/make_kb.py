#!/usr/bin/env python3
"""Development tool for the knowledge base's tables; the build reads only the tables.

    make_kb.py FACTS ids TABLE.tsv…    fills in missing Wikidata ids, where FACTS has exactly one thing of that name and kind
    make_kb.py FACTS more              writes the generated tables (more-*.tsv) of what the other tables do not have

FACTS is a folder with wikidata-entities.tsv, leaders.csv, organisations.csv, countries.csv and world-cities.csv."""
import collections, csv, os, re, sys

import first_level

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
    ("Christian_Democratic_Party_(Australia)", "Q1395049"), ("Terry_Jones_(pastor)", "Q166159"), ("Metro_(British_newspaper)", "Q3307433"),
    ("Sony_Music", "Q56760250"), ("Robert_Blake_(actor)", "Q320959"),
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
            if "(" in line["dbpedia"] and COMMON.match(line["label"]): continue
            title = re.sub(r"_\(.*\)$", "", line["dbpedia"]).replace("_", " ")
            for name in [line["label"], title] + [a for a in line["aliases"].split("|") if " " in a and ":" not in a]:
                fact = find_id(named, name, line["class"]) if name and name != "-" else None
                if fact and fact.qid not in taken and (line["dbpedia"], fact.qid) not in NOT_THE_SAME:
                    line["wikidata"] = fact.qid
                    taken.add(fact.qid)
                    print(line["label"], fact.qid, fact.label, ",".join(sorted(fact.types)) or "untyped", fact.seen, sep="\t")
                    break
        write_table(path, lines)


# ---- generated tables --------------------------------------------------------------------------------------------------

FACILITY = re.compile(r"\b(Airport|Stadium|Bridge|Tower|Hospital|Prison|Air Base|Air Force Base|Airfield|Palace|Castle|Cathedral|Church of|Mosque|"
                      r"Museum|Station|Building|Arena|Dam|Canal|Tunnel|Memorial|Cemetery|Theatre|Theater|Center|Centre)$")
NOT_A_PERSON = re.compile(r"^(the|Minister|President|Prime|Vice|Deputy|Secretary|Chief|Governor|Head|Member|Ministry|Cabinet|Foreign|List|"
                          r"Permanent|Ambassador|Captain|King|Queen|Emir|High|Office|Department|State|Chancellor|Government|Speaker)\b")
LAND = re.compile(r"\b(Province|Municipality|Islands?|River|City|Region|State|District|Governorate|Oblast|Republic|Coast|Valley|Peninsula)\b")
# Names that so many states have for theirs that a label says nothing.
COMMON = re.compile(r"(Ministry|Chamber|House|Senate|National|Parliament|Government|Federal|Cabinet|Electoral|Constitutional|Supreme)\b")
DULL = re.compile(r"^\w+( [a-z]+)+$|\b(Division|Conference|railway line|Line|County|College of)\b")
HEAD = """# %s (generated by make_kb.py)
# wikidata, dbpedia, label, class, country, gender, prior, aliases: see people.tsv"""
# Countries whose towns have their plain name as title, unless it is somebody else's too.
PLAIN_TOWNS = {"Germany", "France", "Italy", "Spain", "Poland", "Ukraine", "Russian Federation", "Netherlands", "Belgium", "Sweden", "Norway",
               "Denmark", "Finland", "Hungary", "Romania", "Bulgaria", "Serbia", "Croatia", "Greece", "Austria", "Switzerland", "Czechia",
               "Slovakia", "Belarus", "Lithuania", "Latvia", "Estonia", "United Kingdom", "Ireland", "Portugal", "Bosnia and Herzegovina"}
# … where the names as they are spelt in English come without accents, and where they have their own.
ASCII_TOWNS = {"India", "Pakistan", "Bangladesh", "Indonesia", "Malaysia", "Nigeria", "Kenya", "Ghana", "South Africa", "Nepal", "Sri Lanka",
               "Uganda", "Zambia", "Zimbabwe", "Kazakhstan", "Uzbekistan", "Georgia", "Armenia"}
# … where the names are transcribed, and the articles of those spelt alike in both are under them.
TRANSCRIBED_TOWNS = {"Iran, Islamic Republic of", "Iraq", "Afghanistan", "Egypt", "Libya", "Morocco", "Algeria", "Tunisia", "Saudi Arabia", "Yemen", "Jordan", "Lebanon",
                     "Syrian Arab Republic", "Israel", "Korea, Republic of", "Korea, Democratic People's Republic of", "Thailand", "Myanmar", "Viet Nam", "Cambodia",
                     "Ethiopia", "Tanzania, United Republic of", "Cameroon", "Senegal", "Mali", "Burkina Faso", "Niger", "Sudan", "Somalia", "Mozambique", "Malawi",
                     "Rwanda", "Chad", "Angola", "Benin", "Congo, The Democratic Republic of the", "New Zealand", "Azerbaijan", "Kyrgyzstan", "Tajikistan",
                     "Turkmenistan", "Moldova, Republic of", "North Macedonia", "Haiti", "Cuba", "Ecuador", "Bolivia, Plurinational State of", "Paraguay", "Uruguay"}
ACCENT_TOWNS = {"Brazil", "Türkiye", "Argentina", "Chile", "Peru", "Albania", "Slovenia", "Luxembourg", "Iceland"}
# Countries whose towns have the region behind a comma.
COMMA_TOWNS = {"Canada": "Canada", "Australia": "Australia"}
COUNTRY = {"Türkiye": "Turkey", "Georgia": "Georgia_(country)", "Russian Federation": "Russia", "Czechia": "Czech_Republic", "Ireland": "Republic_of_Ireland",
           "Iran, Islamic Republic of": "Iran", "Syrian Arab Republic": "Syria", "Korea, Republic of": "South_Korea",
           "Korea, Democratic People's Republic of": "North_Korea", "Viet Nam": "Vietnam", "Tanzania, United Republic of": "Tanzania",
           "Congo, The Democratic Republic of the": "Democratic_Republic_of_the_Congo", "Moldova, Republic of": "Moldova",
           "Bolivia, Plurinational State of": "Bolivia"}


def known_names():
    names, ids, titles = set(), set(), set()
    for name in sorted(os.listdir(HERE)):
        if not name.endswith(".tsv") or name.startswith("more-") or name == "terms.tsv": continue
        for line in read_table(os.path.join(HERE, name)):
            if isinstance(line, str): continue
            names |= {n.lower() for n in [line["label"]] + line["aliases"].split("|")}
            ids.add(line["wikidata"])
            titles.add(line["dbpedia"])
    return names, ids, titles


def common_nouns():
    """Nouns that WordNet writes small: "police" is nobody's own name, whatever town is called so."""
    path = "/usr/share/wordnet/data.noun"
    if not os.path.exists(path): return frozenset()
    nouns = set()
    with open(path, encoding="utf-8") as f:
        for line in f:
            cells = line.split(" ")
            if line[0] == " " or len(cells) < 6: continue
            nouns |= {w for w in cells[4:4 + 2 * int(cells[3], 16):2] if w == w.lower()}
    return frozenset(nouns)


def row(qid, title, label, cls, country="", prior=".15", aliases=()):
    return dict(wikidata=qid, dbpedia=title, label=label, **{"class": cls}, country=country, gender="", prior=prior, aliases="|".join(aliases))


def ok_title(label):
    return "" if re.search(r'[<>"{}|^`\\#?%\[\]]', label) else label.replace(" ", "_")


def office_holders(folder):
    with open(os.path.join(folder, "leaders.csv"), encoding="utf-8") as f:
        return {r["person_qid"]: r["country"] for r in csv.DictReader(f)}


def more_people(facts, named, leaders, known):
    names, ids, _ = known
    out = []
    for f in facts:
        if f.qid in ids or f.label.lower() in names or not re.match(r"^[^\W\d_].* .*", f.label) or re.search(r"[(),:/]|\d", f.label): continue
        if len(f.label.split()) > 5 or not f.label[0].isupper(): continue
        official = f.qid in leaders or f.sources & {"congress", "holders"} or "bio-enwiki" in f.sources or "foreign" in f.sources and not NOT_A_PERSON.match(f.label)
        person = "Q215627" in f.types and not f.types & {"Q17537576", "Q21070598", "Q43229"}
        if not (official and not f.types - {"Q215627"} or person): continue
        if NOT_A_PERSON.match(f.label) or len([g for g in named[f.label.lower()] if g.types & KIND["Person"] or g.sources & OFFICIAL]) > 1: continue
        sure = f.qid in leaders or "bio-enwiki" in f.sources or person
        title = ok_title(f.label) if sure and not re.search(r"\b\w\.", f.label) else ""
        out.append(row(f.qid, title, f.label, "Person", prior=".2" if f.qid in leaders or "foreign" in f.sources else ".15", aliases=f.others))
    return out


def more_named(facts, named, known, kind, towns=frozenset(), nouns=frozenset()):
    names, ids, _ = known
    place = kind == "Place"
    out = []
    for f in facts:
        wanted = "Q27096213" in f.types if place else f.types & KIND["Organization"] and "Q27096213" not in f.types
        if not wanted or f.qid in ids or f.label.lower() in names or f.types & {"Q17537576", "Q215627", "Q16521"}: continue
        if not f.label[0].isupper() or len(f.label) < 4 or re.search(r"[()]|\d{4}|^List of|season$|election", f.label): continue
        if len([g for g in named[f.label.lower()] if g.types]) > 1 or NOT_A_PERSON.match(f.label) or DULL.search(f.label): continue
        if place and " " not in f.label and f.label not in towns or not place and f.label.lower() in nouns: continue
        if place and "Q43229" in f.types and f.label not in towns and not LAND.search(f.label) and not FACILITY.search(f.label): continue
        several = " " in f.label
        cls = "Facility" if FACILITY.search(f.label) else kind
        out.append(row(f.qid, ok_title(f.label) if several and not place else "", f.label, cls, prior=".1", aliases=f.others))
    return out


def more_bodies(folder, known):
    names, ids, _ = known
    out = []
    with open(os.path.join(folder, "organisations.csv"), encoding="utf-8") as f:
        for r in csv.DictReader(f):
            names_here = [n for n in (r["abbreviation"], r["other_name"]) if n and n != "null" and len(n) > 3]
            if r["qid"] in ids or r["name"].lower() in names or not r["name"][0].isupper() or r["name"].endswith(" JU"): continue
            out.append(row(r["qid"], "", r["name"], "Organization", aliases=[n for n in names_here if n.lower() not in names]))
    return out


def more_towns(folder, known, facts):
    names, _, titles = known
    with open(os.path.join(folder, "world-cities.csv"), encoding="utf-8") as f:
        cities = list(csv.DictReader(f))
    times = collections.Counter(c["name"].lower() for c in cities)
    nouns, last = common_nouns(), collections.Counter(f.label.split(" ")[-1].lower() for f in facts if " " in f.label and "Q215627" in f.types)
    surnames = {s for s in last if last[s] > 1}
    surnames |= {w for f in facts if " " in f.label and f.sources & OFFICIAL for w in f.label.lower().split()}
    out = []
    for c in cities:
        name, country = c["name"], c["country"]
        if name.lower() in nouns or name.lower() in surnames: continue
        if country == "United States" and c["subcountry"] not in ("", "Washington, D.C.", "New York"):
            out.append(row("", ok_title(f"{name}, {c['subcountry']}"), name, "Place", "United_States", ".04", [f"{name}, {c['subcountry']}"]))
        elif country in COMMA_TOWNS and c["subcountry"] and re.fullmatch(r"[A-Z][a-z]+([ -][A-Z][a-z]+)?", name) and name.lower() not in names:
            title = ok_title(f"{name}, {c['subcountry']}")
            out.append(row("", title, name, "Place", COMMA_TOWNS[country], ".04", [f"{name}, {c['subcountry']}"]))
        elif country in ASCII_TOWNS | TRANSCRIBED_TOWNS and (not name.isascii() or re.search(r"-(si|gun|eup|dong)$", name)): continue
        elif country in ASCII_TOWNS | ACCENT_TOWNS and len(name) < 6: continue
        elif country in PLAIN_TOWNS | ASCII_TOWNS | ACCENT_TOWNS | TRANSCRIBED_TOWNS and times[name.lower()] == 1 and name.lower() not in names and re.fullmatch(r"[^\W\d_]{5,}(-[^\W\d_]+)*", name):
            out.append(row("", ok_title(name), name, "Place", COUNTRY.get(country, country.replace(" ", "_")), ".04"))
    return [r for r in out if r["dbpedia"] not in titles]


# What a name itself says of its kind, for things whose type the facts do not know: class, words in it, fewest words.
LABEL_KIND = [
    ("Product", re.compile(r"^(USS|HMS|HMAS|HMCS|HMNZS|RMS|INS|USNS|USCGC) [A-Z]"), 2),
    ("Facility", re.compile(r"\b(Airport|Stadium|Air Force Base|Air Base|Naval Base|Speedway|Racecourse|Power Plant|Power Station|Museum|Cathedral|"
                            r"Hospital|Arena|Theatre|Castle|Observatory|Space Center|Opera House|Concert Hall)$"), 2),
    ("Work", re.compile(r"^(Treaty|Convention|Constitution|Declaration|Statute) of .*[A-Z]|\b(Treaty|Convention|Accords|Protocol|Agreement|Act)$"), 3),
    ("Award", re.compile(r"\b(Award|Awards|Prize|Medal|Trophy)$|^Order of .*[A-Z]"), 3),
    ("Group", re.compile(r"^[A-Z][a-z]+ (Americans|Canadians|Australians|people)$"), 2),
    ("Place", re.compile(r"\b(River|Islands?|Sea|Strait|Mountains|Peninsula|National Park|Archipelago|Glacier|Desert|Reservoir|Province|Oblast|"
                         r"Prefecture|Governorate|Voivodeship|Raion|Basin|Plateau|Fjord|Canyon)$|^(Lake|Mount|Gulf of|Bay of|Strait of|Isle of|"
                         r"Cape|Sea of) [A-Z]"), 2),
    ("Organization", re.compile(r"^(University|Bank|Parliament|National Assembly|National Bank|Central Bank|Embassy|Church|Archdiocese|Diocese|"
                                r"Royal Bank) of .*[A-Z]|\b(University|Institute of Technology|Polytechnic|Airlines|Airways|Newspapers?|F\.C\.|A\.F\.C\.|"
                                r"Inc\.|Ltd\.?|plc|Symphony Orchestra|Philharmonic|Stock Exchange|Broadcasting Corporation|Motorsport|Racing Team|"
                                r"Pharmaceuticals|Motors|Industries|Technologies|Entertainment|Records|Railways?|Bancorp|Insurance)$"), 2),
    ("Organization", re.compile(r"\b(Party|Army|Navy|Air Force|Association|Federation|Union|Council|Company|Corporation|Commission|Authority|Agency|"
                                r"Foundation|Front|Alliance|Assembly|Court|Institute|Academy|Committee|Police|Brigade|Regiment|League|Organi[sz]ation|"
                                r"Group|Times|Herald|Post|Tribune|Chronicle|Gazette|News|Society|Bank|Club|Ministry|Laboratory|Bureau)$"), 3),
]
NO_LABEL_KIND = re.compile(r"\d|[(),:/]|\b(history|election|season|team|list|flag|in|at the|Minister|Secretary|President|Cabinet|Premiership|presidency|family|"
                           r"Battle|Siege|War|Route|Station|Line|Street|Avenue)\b|^(New|Old|The|List|My|Our|A) \w+$|'s ")


def more_by_label(facts, named, known):
    names, ids, _ = known
    out = []
    for f in facts:
        if f.qid in ids or f.label.lower() in names or f.types - {"Q27096213", "Q43229", "Q2424752"} or len(named[f.label.lower()]) > 1: continue
        if NO_LABEL_KIND.search(f.label) or COMMON.match(f.label) or not f.label[0].isupper() or f.label.isupper(): continue
        cls = next((c for c, rule, least in LABEL_KIND if len(f.label.split()) >= least and rule.search(f.label)), None)
        if not cls or cls == "Organization" and "Q27096213" in f.types: continue
        title = ok_title(f.label) if cls not in ("Place", "Facility") else ""
        out.append(row(f.qid, title, f.label, cls, prior=".1", aliases=f.others))
    return out


def more_legislators(facts, named, known, have):
    """Members of parliaments: no title, as few have an article in English."""
    names, ids = known[0], known[1] | {r["wikidata"] for r in have}
    out = []
    for f in facts:
        if not f.sources & {"bio", "legislators"} or f.qid in ids or f.label.lower() in names or len(named[f.label.lower()]) > 1: continue
        if len(f.label.split()) not in (2, 3, 4) or not f.label[0].isupper() or re.search(r"[(),:/]|\d", f.label) or NOT_A_PERSON.match(f.label): continue
        out.append(row(f.qid, "", f.label, "Person", prior=".1", aliases=f.others))
    return out


def more_regions(named, known):
    names, ids, titles = known
    out = []
    for country, label in first_level.regions():
        if label.lower() in names or ok_title(label) in titles: continue
        spelt = first_level.plain(label)
        same = {f.qid: f for n in (label, spelt) for f in named.get(n.lower(), []) if not f.types or "Q27096213" in f.types}
        qid = next(iter(same)) if len(same) == 1 and not ids & set(same) else ""
        out.append(row(qid, ok_title(label), label, "Place", country, ".1", [spelt] if spelt != label and spelt.lower() not in names else []))
    return out


def write_more(folder):
    facts, named = read_facts(folder)
    known = known_names()
    with open(os.path.join(folder, "world-cities.csv"), encoding="utf-8") as f: towns = {c["name"] for c in csv.DictReader(f)}
    people = more_people(facts, named, office_holders(folder), known)
    tables = {"regions": more_regions(named, known), "people": people + more_legislators(facts, named, known, people),
              "organizations": more_bodies(folder, known) + more_named(facts, named, known, "Organization", nouns=common_nouns()),
              "places": more_named(facts, named, known, "Place", towns), "towns": more_towns(folder, known, facts), "named": more_by_label(facts, named, known)}
    ids, titles, labels = set(known[1]), set(known[2]), set()
    for name, rows in tables.items():
        kept = []
        for r in sorted(rows, key=lambda r: (r["label"], r["wikidata"], r["dbpedia"])):
            if r["dbpedia"] in titles: r["dbpedia"] = ""
            same = (r["label"].lower(), r["class"])
            if name != "towns" and same in labels: continue
            if r["wikidata"] and r["wikidata"] in ids or not r["wikidata"] and not r["dbpedia"]: continue
            ids.add(r["wikidata"])
            labels.add(same)
            if r["dbpedia"]: titles.add(r["dbpedia"])
            kept.append(r)
        write_table(os.path.join(HERE, f"more-{name}.tsv"), [HEAD % ("More " + name)] + kept + [""])
        print(name, len(kept))


def main(argv):
    if len(argv) > 3 and argv[2] == "ids": return fill_ids(argv[1], argv[3:])
    if len(argv) == 3 and argv[2] == "more": return write_more(argv[1])
    sys.exit(__doc__)


if __name__ == "__main__":
    main(sys.argv)
