"""Trains what tells what somebody does by saying something, and writes src/model/speech.tdm:
   /usr/bin/python3 src/model/speech_train.py [--build build] [--out src/model/speech.tdm] [--cross] [--cross-out DIR]
A logistic regression over the hashed features of src/kg/speech_feature.c, asked of each class. Needs the built program; reads $TIDINGS_SHARED,
default ../shared. --cross prints cross-validated figures (each article judged by what the others taught) instead of writing; --cross-out writes
the model of each fold, fold-K.tdm, and which articles it has not seen, fold-K.txt. Half a minute, the same file each time."""
import collections, os, sys
import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.join(HERE, '..', '..')
sys.path[:0] = [os.path.join(ROOT, 'tests', 'eval'), HERE]
import logistic  # noqa: E402
import news  # noqa: E402
from logistic import touch  # noqa: E402

WEIGHTS, RIDGE = 1 << 15, 0.3
MADE = 0.5  # how much a sentence made for this counts; there are as many of rare classes as of frequent ones
Example = collections.namedtuple('Example', 'source article right weight feature saying asked is_')


def annotated(reader, source, name, text, date, gold):
    """Sayings that are annotated as communication of some kind."""
    spans = [(tuple(s), v['class']) for v in gold['events'] for s in v['spans']]
    rows, _, _ = reader.read(reader.SAYINGS, text, date)
    acts = {reader.classes(act)[0] for (_, _, _, act), _ in rows} | {'Statement'}
    for (lo, hi, _, act), feature in rows:
        met = [c for s, c in spans if c in acts and touch((lo, hi), s)]
        asked = reader.classes(act)[0]
        if met:
            yield Example(source, name, met[0] == asked, 1.0, feature, (name, lo), asked, met[0])


def made(reader):
    """Each sentence has one saying that counts: the first."""
    for n, line in enumerate(open(os.path.join(HERE, 'speech_made.tsv'), encoding='utf-8')):
        cls, text = line.rstrip('\n').split('\t')
        rows, _, _ = reader.read(reader.SAYINGS, text, '2019-06-03')
        for (lo, _, _, act), feature in rows:
            asked = reader.classes(act)[0]
            if lo == min(r[0][0] for r in rows):
                yield Example('made', 'made %d' % n, cls == asked, MADE, feature, (n, lo), asked, cls)


def folds(examples):
    """What was made is learned from always."""
    some, always = ([e for e in examples if (e.source == 'made') == m] for m in (False, True))
    place = {id(e): i for i, e in enumerate(examples)}
    for seen, unseen in logistic.folds(some):
        yield seen + always, [place[id(some[i])] for i in unseen]


def report(examples, p):
    """Each saying gets its likeliest class, or none."""
    sayings = collections.defaultdict(list)
    for e, q in zip(examples, p):
        if e.source != 'made':
            sayings[e.saying].append((q, e))
    for least in (0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6):
        by, right = collections.defaultdict(collections.Counter), 0
        for some in sayings.values():
            q, e = max(some, key=lambda x: x[0])
            said = e.asked if q >= least else 'Statement'
            right += said == e.is_
            by[e.is_]['wanted'] += 1
            by[said]['said'] += 1
            by[e.is_]['right'] += said == e.is_
        print('from %.2f on: %d of %d right; right/wanted/said: %s' % (least, right, len(sayings), ', '.join(
            '%s %d/%d/%d' % (c, v['right'], v['wanted'], v['said']) for c, v in sorted(by.items()))))


def main():
    ap = logistic.options('speech', 0.55, 'the probability below which a saying is a Statement')
    ap.add_argument('--cross-out')
    args = ap.parse_args()
    reader = logistic.Reader(os.path.abspath(args.build))
    examples = [e for source, article in news.learning() for e in annotated(reader, source, *article)] + list(made(reader))
    print('%d questions, %d to be answered with yes' % (len(examples), sum(e.right for e in examples)), flush=True)
    if not args.cross and not args.cross_out:
        print('%d bytes' % logistic.write(args.out, logistic.fit(examples, WEIGHTS, RIDGE, 'news'), args.least))
        return
    p = np.zeros(len(examples))
    for k, (seen, unseen) in enumerate(folds(examples)):
        model = logistic.fit(seen, WEIGHTS, RIDGE, 'news')
        p[unseen] = logistic.predict(model, [examples[i] for i in unseen])
        if args.cross_out:
            logistic.write(os.path.join(args.cross_out, 'fold-%d.tdm' % k), model, args.least)
            names = sorted({examples[i].article for i in unseen})
            open(os.path.join(args.cross_out, 'fold-%d.txt' % k), 'w').write('\n'.join(names) + '\n')
    report(examples, p)


if __name__ == '__main__':
    main()
