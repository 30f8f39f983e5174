"""Trains what tells events from what only looks like one, and writes src/model/event.tdm:
   /usr/bin/python3 src/model/event_train.py [--build build] [--out src/model/event.tdm] [--cross]
A logistic regression over the hashed features of src/kg/event_feature.c. Needs the built program; reads $TIDINGS_SHARED, default ../shared.
--cross prints cross-validated figures (each article judged by what the others taught) instead of writing. A minute, the same file each time."""
import argparse, collections, ctypes, glob, json, os, re, subprocess, sys, tempfile
import numpy as np
from scipy.optimize import minimize

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.join(HERE, '..', '..')
sys.path[:0] = [os.path.join(ROOT, 'tests', 'eval'), HERE]
import export  # noqa: E402
import meantime  # noqa: E402
import times  # noqa: E402

SHARED = os.environ.get('TIDINGS_SHARED') or os.path.join(ROOT, '..', 'shared')
WEIGHTS, FOLDS = 1 << 16, 10
SOURCES = {'gold': 1.0, 'judged': 0.35, 'meantime': 0.1}  # how much an example of each counts
RIDGE = 12
U32 = ctypes.c_uint32


class Array(ctypes.Structure):
    _fields_ = [('at', ctypes.c_void_p), ('n', U32), ('cap', U32)]

    def view(self, width):
        return np.ctypeslib.as_array(ctypes.cast(self.at, ctypes.POINTER(U32)), (self.n * width,)).reshape(self.n, width).copy()


class Triggers(ctypes.Structure):
    _fields_ = [('candidates', Array), ('feature', Array)]


def compile_c(build):
    so = os.path.join(tempfile.mkdtemp(), 'event.so')
    packages = re.search(r'^PKGS := (.*)', open(os.path.join(ROOT, 'Makefile')).read(), re.M)[1].split()
    libs = subprocess.run(['pkg-config', '--libs', *packages], stdout=subprocess.PIPE, check=True, text=True).stdout.split()
    subprocess.run(['cc', '-std=c11', '-O2', '-fPIC', '-shared', '-D_POSIX_C_SOURCE=200809L', '-I' + os.path.join(ROOT, 'src'), '-o', so,
                    os.path.join(HERE, 'event_train.c'), os.path.join(build, 'libtidings.a'), *libs, '-lutf8proc', '-lm', '-lpthread'], check=True)
    lib = ctypes.CDLL(so)
    lib.event_reader.restype = ctypes.POINTER(Triggers)
    lib.event_class.restype = ctypes.c_char_p
    return lib


class Reader:
    """Triggers of texts: [(from, to, classes from the narrowest up, features)]."""

    def __init__(self, build):
        os.environ['TIDINGS_DATA'] = os.path.join(build, 'share')
        self.lib = compile_c(build)
        self.at = self.lib.event_reader(os.path.join(build, 'share', 'lexicon.tsv').encode())
        if not self.at:
            sys.exit('the program cannot be started')
        self.names = {}

    def classes(self, cls):
        if cls not in self.names:
            out = []
            while True:
                name = self.lib.event_class(self.at, U32(cls), U32(len(out)))
                if not name:
                    break
                out.append(name.decode())
            self.names[cls] = out
        return self.names[cls]

    def triggers(self, text, date):
        raw = text.encode()
        n = self.lib.event_read(self.at, raw, ctypes.c_size_t(len(raw)), date.encode())
        if n < 0:
            sys.exit('the program cannot read a text')
        candidates, feature = (getattr(self.at.contents, a).view(w) for a, w in (('candidates', 5), ('feature', 1)))
        return [(c[0], c[1], self.classes(c[2]), feature[c[3]:c[3] + c[4], 0]) for c in candidates.tolist()]


Example = collections.namedtuple('Example', 'source article right weight feature detected')


def touch(a, b):
    return a[0] < b[1] and b[0] < a[1]


def gold(reader):
    for path in sorted(glob.glob(os.path.join(SHARED, 'gold/train/*.spans.json'))):
        stem = path[:-len('.spans.json')]
        spans = [(tuple(s), v['class']) for v in json.load(open(path, encoding='utf-8'))['events'] for s in v['spans']]
        text, date = open(stem + '.txt', encoding='utf-8').read(), json.load(open(stem + '.meta.json'))['date']
        for lo, hi, classes, feature in reader.triggers(text, date):
            met = [c for s, c in spans if touch((lo, hi), s)]
            yield Example('gold', os.path.basename(stem), any(c in classes for c in met), SOURCES['gold'], feature, bool(met))


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
        for lo, hi, classes, feature in reader.triggers(doc['text'], doc['date']):
            met = [c for s, c in rows[doc['id']] if touch((lo, hi), s)]
            if met:
                yield Example('judged', doc['id'], met[0] in classes, SOURCES['judged'], feature, met[0] != '-')


def meant(reader):
    """Triggers in the sentences that MEANTIME annotates; its events have no classes, so that all who are one are right."""
    for path in sorted(glob.glob(os.path.join(SHARED, 'corpora/events/meantime-train/*/*.xml'))):
        text, date, _ = times.read(path)
        spans = [m[:2] for m in meantime.gold_mentions(path)]
        last = max((hi for _, hi in spans), default=0)
        for lo, hi, classes, feature in reader.triggers(text, date):
            if lo <= last:
                right = any(touch((lo, hi), s) for s in spans)
                yield Example('meantime', os.path.basename(path), right, SOURCES['meantime'], feature, right)


def matrix(examples):
    width = max(len(e.feature) for e in examples)
    out = np.full((len(examples), width), WEIGHTS, np.int64)
    for row, e in zip(out, examples):
        row[:len(e.feature)] = e.feature
    return out


def sigmoid(x):
    return 1 / (1 + np.exp(-np.clip(x, -30, 30)))


def fit(examples, ridge=RIDGE):
    """Weights [WEIGHTS] and bias. A source that is more generous than gold has a bias of its own, which is not kept."""
    names = sorted(SOURCES)
    x = np.concatenate([matrix(examples), np.array([[WEIGHTS + 1 + names.index(e.source)] for e in examples])], 1)
    y = np.array([e.right for e in examples], float)
    weight = np.array([e.weight for e in examples])
    used, compact = np.unique(x, return_inverse=True)
    compact = compact.reshape(x.shape)
    idle = used == WEIGHTS
    count = np.bincount(compact.ravel(), minlength=len(used))
    idle |= (count < 2) & (used < WEIGHTS)
    penalty = np.where(used > WEIGHTS, 0.01, ridge)

    def loss(w):
        w = np.where(idle, 0, w)
        p = sigmoid(w[compact].sum(1))
        value = -(weight * (y * np.log(p + 1e-12) + (1 - y) * np.log(1 - p + 1e-12))).sum() + 0.5 * (penalty * w * w).sum()
        gradient = np.bincount(compact.ravel(), np.repeat(weight * (p - y), x.shape[1]), len(used)) + penalty * w
        return value, np.where(idle, 0, gradient)

    w = minimize(loss, np.zeros(len(used)), jac=True, method='L-BFGS-B', options={'maxiter': 300}).x
    out = np.zeros(WEIGHTS)
    features = (used < WEIGHTS) & ~idle
    out[used[features]] = w[features]
    return out, w[used == WEIGHTS + 1 + names.index('gold')].sum()


def predict(model, examples):
    w = np.append(model[0], 0)
    return sigmoid(w[matrix(examples)].sum(1) + model[1])


def folds(examples, n=FOLDS):
    articles = sorted({e.article for e in examples if e.source != 'meantime'})
    place = {a: i % n for i, a in enumerate(articles)}
    for k in range(n):
        yield [e for e in examples if place.get(e.article) != k], [i for i, e in enumerate(examples) if place.get(e.article) == k]


def calibration_error(p, right):
    """Expected calibration error over ten bins of equal width (Guo et al. 2017)."""
    bins = np.minimum((p * 10).astype(int), 9)
    return sum(abs(p[bins == b].sum() - right[bins == b].sum()) for b in range(10)) / max(len(p), 1)


def report(examples, p):
    for source in ('gold', 'judged'):
        pick = np.array([e.source == source for e in examples]) & ~np.isnan(p)
        right, found = (np.array([getattr(e, a) for e, k in zip(examples, pick) if k], float) for a in ('right', 'detected'))
        q = p[pick]
        order = np.argsort(-q)
        auc = (np.cumsum(1 - right[order][::-1])[::-1] * right[order]).sum() / max(right.sum() * (1 - right).sum(), 1)
        loss = -(right * np.log(q + 1e-9) + (1 - right) * np.log(1 - q + 1e-9)).mean()
        print('%-7s %5d triggers, %.1f %% right; log loss %.3f, area under ROC %.3f, calibration error %.3f' % (
            source, len(q), 100 * right.mean(), loss, auc, calibration_error(q, right)))
        for least in (0, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5):
            kept = q >= least
            print('   from %.2f on: %4d kept, %.1f %% right, %.1f %% detected; of the right ones %.1f %% kept, of the detected %.1f %%' % (
                least, kept.sum(), 100 * right[kept].mean(), 100 * found[kept].mean(), 100 * right[kept].sum() / right.sum(), 100 * found[kept].sum() / found.sum()))


def write(file, model, least):
    scale = np.abs(model[0]).max() / 127
    w = export.Writer()
    w.add('weight', export.I8, np.rint(model[0] / scale))
    for name, value in (('scale', scale), ('bias', model[1]), ('least', least)):
        w.add(name, export.F32, np.array([value]))
    return w.write(file)


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument('--build', default=os.path.join(ROOT, 'build'))
    ap.add_argument('--out', default=os.path.join(HERE, 'event.tdm'))
    ap.add_argument('--least', type=float, default=0.35, help='the probability below which a trigger is none')
    ap.add_argument('--cross', action='store_true')
    ap.add_argument('--cross-out', help='folder for the model of each fold, fold-K.tdm, and which articles it has not seen, fold-K.txt')
    args = ap.parse_args()
    reader = Reader(os.path.abspath(args.build))
    examples = [e for source in (gold, judged, meant) for e in source(reader)]
    for source in SOURCES:
        some = [e.right for e in examples if e.source == source]
        print('%s: %d triggers, %d right' % (source, len(some), sum(some)), flush=True)
    if args.cross or args.cross_out:
        p = np.full(len(examples), np.nan)
        for k, (seen, unseen) in enumerate(folds(examples)):
            model = fit(seen)
            p[unseen] = predict(model, [examples[i] for i in unseen])
            if args.cross_out:
                write(os.path.join(args.cross_out, 'fold-%d.tdm' % k), model, args.least)
                articles = sorted({examples[i].article for i in unseen if examples[i].source == 'gold'})
                open(os.path.join(args.cross_out, 'fold-%d.txt' % k), 'w').write('\n'.join(articles) + '\n')
        report(examples, p)
        return
    print('%d bytes' % write(args.out, fit(examples), args.least))


if __name__ == '__main__':
    main()
