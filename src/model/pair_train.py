"""Trains what tells whether two mentions of events are one happening, and writes src/model/pair.tdm:
   /usr/bin/python3 src/model/pair_train.py [--build build] [--out src/model/pair.tdm] [--cross]
A logistic regression over the hashed features of src/kg/pair_feature.c. Needs the built program; reads $TIDINGS_SHARED, default ../shared.
--cross prints cross-validated figures (each article judged by what the others taught) instead of writing. Half a minute, the same file each time."""
import collections, os, sys
import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.join(HERE, '..', '..')
sys.path[:0] = [os.path.join(ROOT, 'tests', 'eval'), HERE]
import logistic  # noqa: E402
import news  # noqa: E402
from logistic import touch  # noqa: E402

WEIGHTS, RIDGE = 1 << 15, 24
FIXED = 1024 - 8  # points that join without a model
Example = collections.namedtuple('Example', 'source article right weight feature points')


def examples_of(reader, source, name, text, date, gold):
    """Pairs of which both are annotated. A document of many pairs counts as much as one of ten times fewer."""
    rows, triggers, _ = reader.read(reader.PAIRS, text, date)
    spans = [(tuple(s), v['id']) for v in gold['events'] for s in v['spans']]
    told = {e: {v for s, v in spans if any(touch(s, t) for t in triggers[e])} for e in triggers}
    out = [(bool(told[a] & told[b]), feature, points) for (a, b, points, _), feature in rows if told.get(a) and told.get(b)]
    weight = min(1.0, (100 / max(len(out), 1)) ** 0.5)
    return [Example(source, name, right, weight, feature, points) for right, feature, points in out]


def f1(said, right):
    return 200 * (said & right).sum() / max(said.sum() + right.sum(), 1)


def report(examples, p):
    for source in ('gold', 'news'):
        pick = np.array([e.source == source for e in examples])
        q, right, points = p[pick], np.array([e.right for e in examples])[pick], np.array([e.points for e in examples])[pick]
        print('%s: %d pairs, %d one event; by points F1 %.1f; calibration error %.3f' % (
            source, len(q), right.sum(), f1(points > FIXED, right), logistic.calibration_error(q, right)))
        for least in (0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6):
            print('   from %.2f on: P %.1f R %.1f F1 %.1f' % (least, 100 * right[q >= least].mean(), 100 * (q[right] >= least).mean(), f1(q >= least, right)))


def main():
    ap = logistic.options('pair', 0.4, 'the probability above which two are one, on average over a group')
    args = ap.parse_args()
    reader = logistic.Reader(os.path.abspath(args.build))
    examples = [e for source, article in news.learning() for e in examples_of(reader, source, *article)]
    print('%d pairs, %d one event' % (len(examples), sum(e.right for e in examples)), flush=True)
    if not args.cross:
        print('%d bytes' % logistic.write(args.out, logistic.fit(examples, WEIGHTS, RIDGE, 'news'), args.least))
        return
    report(examples, logistic.cross(examples, WEIGHTS, RIDGE, 'news'))


if __name__ == '__main__':
    main()
