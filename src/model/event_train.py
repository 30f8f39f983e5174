"""Trains what tells events from what only looks like one, and writes src/model/event.tdm:
   /usr/bin/python3 src/model/event_train.py [--build build] [--out src/model/event.tdm] [--cross]
A logistic regression over the hashed features of src/kg/event_feature.c. Needs the built program; reads $TIDINGS_SHARED, default ../shared.
--cross prints cross-validated figures (each article judged by what the others taught) instead of writing. A minute, the same file each time."""
import collections, glob, json, os, sys
import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.join(HERE, '..', '..')
sys.path[:0] = [os.path.join(ROOT, 'tests', 'eval'), HERE]
import logistic  # noqa: E402
import meantime  # noqa: E402
import news  # noqa: E402
import times  # noqa: E402
from logistic import touch  # noqa: E402

SHARED, WEIGHTS, RIDGE = news.SHARED, 1 << 16, 12
OFTEN = 6  # triggers of one class beyond which those of an article share their weight
ACTS = ('Accusation', 'Apology', 'Criticism', 'Demand', 'Denial', 'Praise', 'Promise', 'Rejection', 'Threat')  # what speech.tdm makes of Statements
SOURCES = {'gold': 1.0, 'news': 1.0, 'judged': 0.35, 'meantime': 0.1}  # how much an example of each counts


def triggers(reader, text, date):
    """[(from, to, classes from the narrowest up, features, where its light verb begins)]"""
    rows, _, _ = reader.read(reader.TRIGGERS, text, date)
    return [(lo, hi, reader.classes(cls), feature, light) for (lo, hi, cls, light), feature in rows]


Example = collections.namedtuple('Example', 'source article right weight feature detected')


def annotated(reader, source, name, text, date, gold):
    """Many triggers of one class in an article are one opinion rather than many. What a saying does is told later, from what is said."""
    spans = [(tuple(s), v['class']) for v in gold['events'] for s in v['spans']]
    found = triggers(reader, text, date)
    often = collections.Counter(classes[0] for _, _, classes, _, _ in found)
    for lo, hi, classes, feature, light in found:
        met = [c for s, c in spans if touch((lo, hi), s) or touch((light, light + 1), s)]
        right = any(c in classes or (classes[0] == 'Statement' and c in ACTS) for c in met)
        yield Example(source, name, right, SOURCES[source] * min(1, OFTEN / often[classes[0]]), feature, bool(met))


def learned(reader):
    for source, article in news.learning():
        yield from annotated(reader, source, *article)


def judged(reader):
    """Triggers of raw news, by document and characters, with the class that is right, or - for none."""
    rows = collections.defaultdict(list)
    for line in open(os.path.join(HERE, 'event_judged.tsv'), encoding='utf-8'):
        doc, lo, hi, cls = line.rstrip('\n').split('\t')
        rows[doc].append(((int(lo), int(hi)), cls))
    for line in open(os.path.join(SHARED, 'corpora/news/wikinews-2019-2020.jsonl'), encoding='utf-8'):
        doc = json.loads(line)
        if doc['id'] not in rows:
            continue
        for lo, hi, classes, feature, _ in triggers(reader, doc['text'], doc['date']):
            met = [c for s, c in rows[doc['id']] if touch((lo, hi), s)]
            if met:
                yield Example('judged', doc['id'], met[0] in classes, SOURCES['judged'], feature, met[0] != '-')


def meant(reader):
    """Triggers in the sentences that MEANTIME annotates; its events have no classes, so that all who are one are right."""
    for path in sorted(glob.glob(os.path.join(SHARED, 'corpora/events/meantime-train/*/*.xml'))):
        text, date, _ = times.read(path)
        spans = [m[:2] for m in meantime.gold_mentions(path)]
        last = max((hi for _, hi in spans), default=0)
        for lo, hi, classes, feature, _ in triggers(reader, text, date):
            if lo <= last:
                right = any(touch((lo, hi), s) for s in spans)
                yield Example('meantime', os.path.basename(path), right, SOURCES['meantime'], feature, right)


def folds(examples):
    """MEANTIME is learned from always."""
    some = [e for e in examples if e.source != 'meantime']
    place = {id(e): i for i, e in enumerate(examples)}
    for seen, unseen in logistic.folds(some):
        yield seen + [e for e in examples if e.source == 'meantime'], [place[id(some[i])] for i in unseen]


def report(examples, p):
    for source in ('gold', 'news', 'judged'):
        pick = np.array([e.source == source for e in examples]) & ~np.isnan(p)
        right, found = (np.array([getattr(e, a) for e, k in zip(examples, pick) if k], float) for a in ('right', 'detected'))
        q = p[pick]
        order = np.argsort(-q)
        auc = (np.cumsum(1 - right[order][::-1])[::-1] * right[order]).sum() / max(right.sum() * (1 - right).sum(), 1)
        loss = -(right * np.log(q + 1e-9) + (1 - right) * np.log(1 - q + 1e-9)).mean()
        print('%-7s %5d triggers, %.1f %% right; log loss %.3f, area under ROC %.3f, calibration error %.3f' % (
            source, len(q), 100 * right.mean(), loss, auc, logistic.calibration_error(q, right)))
        for least in (0, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5):
            kept = q >= least
            print('   from %.2f on: %4d kept, %.1f %% right, %.1f %% detected; of the right ones %.1f %% kept, of the detected %.1f %%' % (
                least, kept.sum(), 100 * right[kept].mean(), 100 * found[kept].mean(), 100 * right[kept].sum() / right.sum(), 100 * found[kept].sum() / found.sum()))


def main():
    ap = logistic.options('event', 0.4, 'the probability below which a trigger is none')
    ap.add_argument('--cross-out', help='folder for the model of each fold, fold-K.tdm, and which articles it has not seen, fold-K.txt')
    args = ap.parse_args()
    reader = logistic.Reader(os.path.abspath(args.build))
    examples = [e for read in (learned, judged, meant) for e in read(reader)]
    for source in SOURCES:
        some = [e.right for e in examples if e.source == source]
        print('%s: %d triggers, %d right' % (source, len(some), sum(some)), flush=True)
    if args.cross or args.cross_out:
        p = np.full(len(examples), np.nan)
        for k, (seen, unseen) in enumerate(folds(examples)):
            model = logistic.fit(seen, WEIGHTS, RIDGE, 'news')
            p[unseen] = logistic.predict(model, [examples[i] for i in unseen])
            if args.cross_out:
                logistic.write(os.path.join(args.cross_out, 'fold-%d.tdm' % k), model, args.least)
                articles = sorted({examples[i].article for i in unseen if examples[i].source == 'gold'})
                open(os.path.join(args.cross_out, 'fold-%d.txt' % k), 'w').write('\n'.join(articles) + '\n')
        report(examples, p)
        return
    print('%d bytes' % logistic.write(args.out, logistic.fit(examples, WEIGHTS, RIDGE, 'news'), args.least))


if __name__ == '__main__':
    main()
