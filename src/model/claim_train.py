"""Trains what tells who really says so, and writes src/model/claim.tdm:
   /usr/bin/python3 src/model/claim_train.py [--build build] [--out src/model/claim.tdm] [--cross]
A logistic regression over the hashed features of src/kg/claim_feature.c. Needs the built program; reads $TIDINGS_SHARED, default ../shared.
--cross prints cross-validated figures (each article judged by what the others taught) instead of writing. Half a minute, the same file each time."""
import collections, os, sys
import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.join(HERE, '..', '..')
sys.path[:0] = [os.path.join(ROOT, 'tests', 'eval'), HERE]
import logistic  # noqa: E402
import news  # noqa: E402
from logistic import touch  # noqa: E402

WEIGHTS, RIDGE = 1 << 14, 48
STANCES = ['Asserts', 'Denies', 'Doubts']
Example = collections.namedtuple('Example', 'source article right weight feature claim')


def align(gold, found):
    """One event of ours for each of theirs: the one with the most words in common."""
    pairs = [(-sum(any(touch(a, b) for b in found[p]) for a in gold[g]), g, p) for g in gold for p in found]
    out = {}
    for n, g, p in sorted(pairs):
        if n < 0 and g not in out.values() and p not in out:
            out[p] = g
    return out


def examples_of(reader, source, name, text, date, gold):
    """Examples, and how many claims there are."""
    rows, triggers, mentions = reader.read(reader.CLAIMS, text, date)
    spans = {x['id']: [tuple(s) for s in x['spans']] for x in gold['events'] + gold['entities']}
    ours = align({v['id']: spans[v['id']] for v in gold['events']}, triggers)
    wanted = [(v['id'], a['source'], a['stance']) for v in gold['events'] for a in v.get('attributions') or []]
    out = []
    for (event, who, stance, _), feature in rows:
        met = [s for v, g, s in wanted if v == ours.get(event, 0) and any(touch(a, b) for a in spans.get(g, []) for b in mentions[who])]
        out.append(Example(source, name, STANCES[stance] in met, 1.0, feature, (event, who)))
    return out, len(wanted)


def report(examples, p, wanted):
    """One claim a source of an event counts, the surest."""
    for source in wanted:
        for least in (0.2, 0.25, 0.3, 0.35, 0.4):
            best = {}
            for e, q in zip(examples, p):
                key = e.article, e.claim
                if e.source == source and q >= least and q > best.get(key, (0, 0))[0]:
                    best[key] = q, e.right
            right, said = sum(r for _, r in best.values()), len(best)
            print('%s, from %.2f on: P %.1f R %.1f F1 %.1f (%d of %d, %d said)' % (
                source, least, 100 * right / max(said, 1), 100 * right / wanted[source], 200 * right / (said + wanted[source]), right, wanted[source], said))
        pick = np.array([e.source == source for e in examples])
        print('%s: calibration error %.3f' % (source, logistic.calibration_error(p[pick], np.array([e.right for e in examples])[pick])))


def main():
    ap = logistic.options('claim', 0.25, 'the probability below which a claim is none')
    args = ap.parse_args()
    reader = logistic.Reader(os.path.abspath(args.build))
    examples, wanted = [], collections.Counter()
    for source, article in news.learning():
        some, n = examples_of(reader, source, *article)
        examples += some
        wanted[source] += n
    print('%d claims to choose from, %d right; %d wanted' % (len(examples), sum(e.right for e in examples), sum(wanted.values())), flush=True)
    if not args.cross:
        print('%d bytes' % logistic.write(args.out, logistic.fit(examples, WEIGHTS, RIDGE, 'news'), args.least))
        return
    report(examples, logistic.cross(examples, WEIGHTS, RIDGE, 'news'), wanted)


if __name__ == '__main__':
    main()
