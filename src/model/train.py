"""Trains the network and writes src/model/english.tdm:  /usr/bin/python3 src/model/train.py [--epochs N] [--out FILE]

One thread, seeded. Reads the corpora below $TIDINGS_SHARED (default ../shared beside the repository).
"""
import argparse, collections, copy, os, random, sys, time
import numpy as np
import torch, torch.nn.functional as fn
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import augment, corpus, features as F, labels, vectors
from export import export, quantize, round_weights
from network import Network

NAME_WEIGHT, LEMMA_WEIGHT, TAG_WEIGHT = 0.8, 0.3, 0.3
IGNORE = -100


MONTHS = set('''january february march april may june july august september october november december monday tuesday wednesday
thursday friday saturday sunday jan. feb. mar. apr. jun. jul. aug. sept. oct. nov. dec.'''.split())


def gazetteer(tables):
    """{lower word: bits}, in the order of features.GAZ."""
    bits = collections.Counter()
    def mark(word, kind):
        w = F.lower(F.fold(word))
        if len(w) > 1:
            bits[w] |= 1 << F.GAZ.index(kind)
    for kind in ('city', 'region', 'country', 'demonym', 'org'):
        for words in tables[kind]:
            for w in words:
                if w[:1].isupper():
                    mark(w, kind)
    for words in tables['person']:
        if len(words) > 1:
            mark(words[0], 'person-first')
            mark(words[-1], 'person-last')
    for w in MONTHS:
        mark(w, 'month')
    return dict(bits)


class Lexicon:
    """What is known of a word by its hash: rows of the trained and the pretrained table, gazetteer bits."""

    def __init__(self, train, vec_index, gaz, least=2):
        count = collections.Counter(F.lower(F.fold(w)) for s in train for w in s.words)
        self.entries = {}
        for w, n in sorted(count.items(), key=lambda x: (-x[1], x[0])):
            if n >= least:
                self.entries.setdefault(F.word_hash(w), [0, 0, 0])
                e = self.entries[F.word_hash(w)]
                e[0] = e[0] or len(self.entries)          # row 0: unknown
        self.words = len(self.entries) + 1
        for w, row in vec_index.items():
            e = self.entries.setdefault(F.word_hash(w), [0, 0, 0])
            e[1] = e[1] or row + 1
        for w, b in sorted(gaz.items()):
            self.entries.setdefault(F.word_hash(w), [0, 0, 0])[2] |= b

    def find(self, low):
        return self.entries.get(F.word_hash(low), (0, 0, 0))


class Types:
    """Features of every word form met, computed once."""

    def __init__(self, lexicon, vec_word, vec_bag):
        self.lexicon, self.vec_word, self.vec_bag = lexicon, vec_word, vec_bag
        self.index, self.slots, self.word, self.vec, self.gaz, self.gram = {}, [], [], [], [], []

    def of(self, form):
        i = self.index.get(form)
        if i is None:
            i = self.index[form] = len(self.index)
            low = F.lower(F.fold(form))
            row, vec, bits = self.lexicon.find(low)
            self.slots.append(F.slots(form))
            self.word.append(row)
            self.vec.append(self.vec_word[vec] + self.vec_bag[F.vec_ids(low)].mean(0))
            self.gaz.append([bits >> k & 1 for k in range(F.GAZ_DIM)])
            self.gram.append(np.array(F.gram_ids(low)))
        return i

    def batch(self, ids, rng=None, drop=0.0):
        """Tensors over the types `ids`; words are dropped for training so that the unknown word's row is learnt."""
        word = np.array([self.word[i] for i in ids])
        if rng is not None:
            word[rng.random(len(word)) < drop] = 0
        grams = [self.gram[i] for i in ids]
        at = np.cumsum([0] + [len(g) for g in grams[:-1]])
        return {'word': torch.from_numpy(word), 'slots': torch.tensor([self.slots[i] for i in ids]),
                'vec': torch.from_numpy(np.stack([self.vec[i] for i in ids]).astype(np.float32)),
                'gaz': torch.tensor([self.gaz[i] for i in ids], dtype=torch.float32),
                'gram': torch.from_numpy(np.concatenate(grams)), 'gram_at': torch.from_numpy(at)}


class Coder:
    """Sentences → numbers."""

    def __init__(self, types, inv):
        self.types, self.inv = types, inv
        self.ids = {k: {l: i for i, l in enumerate(v)} for k, v in inv.items()}
        self.scripts = {}

    def script(self, word, lemma):
        if lemma is None:
            return IGNORE
        key = (word, lemma)
        if key not in self.scripts:
            self.scripts[key] = self.ids['lemma'].get(labels.script_of(word, lemma), IGNORE)
        return self.scripts[key]

    def code(self, s):
        n, get = len(s.words), self.ids
        row = lambda k, layer: [get[k].get(l, IGNORE) for l in layer] if layer else [IGNORE] * n
        lemma = [self.script(w, l) for w, l in zip(s.words, s.lemma)] if s.lemma else [IGNORE] * n
        head = [IGNORE if h is None else h for h in s.head] if s.head else [IGNORE] * n
        return ([self.types.of(w) for w in s.words], row('upos', s.upos), row('xpos', s.xpos), lemma, row('name', s.names), head,
                row('deprel', s.rel), F.case_class(s.words))


def batches(coded, tokens, rng=None):
    order = list(range(len(coded)))
    order.sort(key=lambda i: len(coded[i][0]) + (rng.random() * 2 if rng else 0))
    out, cur = [], []
    for i in order:
        if cur and len(coded[i][0]) * (len(cur) + 1) > tokens:
            out.append(cur)
            cur = []
        cur.append(i)
    out.append(cur)
    if rng:
        rng.shuffle(out)
    return out


def tensors(coded, ids, types, np_rng=None, drop=0.0):
    ids = sorted(ids, key=lambda i: -len(coded[i][0]))
    lens = [len(coded[i][0]) for i in ids]
    b, n = len(ids), lens[0]
    idx = np.zeros((b, n), np.int64)
    gold = {k: np.full((b, n), IGNORE, np.int64) for k in ('upos', 'xpos', 'lemma', 'name', 'head', 'deprel')}
    for r, i in enumerate(ids):
        idx[r, :lens[r]] = coded[i][0]
        for k, name in enumerate(gold):
            gold[name][r, :lens[r]] = coded[i][k + 1]
    mask = np.arange(n)[None, :] < np.array(lens)[:, None]
    uniq, inverse = np.unique(idx[mask], return_inverse=True)
    idx[mask] = inverse
    idx[~mask] = 0
    case = torch.tensor([coded[i][7] for i in ids])
    return ids, lens, types.batch(uniq, np_rng, drop), torch.from_numpy(idx), case, {k: torch.from_numpy(v) for k, v in gold.items()}, torch.from_numpy(mask)


def mask_arcs(arcs, mask):
    heads = torch.cat([torch.ones(len(mask), 1, dtype=torch.bool), mask], 1)
    return arcs.masked_fill(~heads.unsqueeze(1), -1e9)


def entropy(scores, gold, smooth=0.0):
    keep = gold != IGNORE
    if not keep.any():
        return scores.sum() * 0
    return fn.cross_entropy(scores[keep], gold[keep], label_smoothing=smooth, reduction='sum') / mask_count(gold)


def mask_count(gold):
    return max(gold.numel() * 0.5, 1)


def loss_of(net, out, gold, mask):
    loss = TAG_WEIGHT * (entropy(out['upos'], gold['upos']) + entropy(out['xpos'], gold['xpos']))
    loss = loss + LEMMA_WEIGHT * entropy(out['lemma'], gold['lemma']) + NAME_WEIGHT * entropy(out['name'], gold['name'])
    head = gold['head']
    if (head != IGNORE).any():
        loss = loss + entropy(mask_arcs(out['arcs'], mask), head)
        loss = loss + entropy(net.labels(out, head.clamp(min=0)), gold['deprel'])
    return loss


def viterbi(scores, moves):
    """scores [N][names]; moves [names+1][names+1] → best allowed tags."""
    n, k = scores.shape
    best = np.where(moves[k, :k], scores[0], -1e9)
    back = []
    for i in range(1, n):
        m = np.where(moves[:k, :k], best[:, None], -1e9)
        back.append(m.argmax(0))
        best = m.max(0) + scores[i]
    last = int(np.where(moves[:k, k], best, -1e9).argmax())
    tags = [last]
    for b in reversed(back):
        tags.append(int(b[tags[-1]]))
    return tags[::-1]


@torch.no_grad()
def predict(net, coder, sentences):
    """→ for each sentence a dict of its predicted layers (greedy heads: the C decoder makes trees of them)."""
    net.eval()
    coded = [coder.code(s) for s in sentences]
    result = [None] * len(coded)
    moves = np.array(labels.name_moves(coder.inv['name']))
    for ids in batches(coded, 3000):
        ids, lens, types, idx, case, gold, mask = tensors(coded, ids, coder.types)
        out = net(types, idx, case, lens)
        heads = mask_arcs(out['arcs'], mask).argmax(-1)
        rel = net.labels(out, heads).argmax(-1)
        name = torch.log_softmax(out['name'], -1).numpy()
        for r, i in enumerate(ids):
            n = lens[r]
            get = lambda k: [coder.inv[k][j] for j in out[k][r, :n].argmax(-1).tolist()]
            result[i] = {'upos': get('upos'), 'xpos': get('xpos'), 'script': get('lemma'), 'head': heads[r, :n].tolist(),
                         'rel': [coder.inv['deprel'][j] for j in rel[r, :n].tolist()],
                         'names': [coder.inv['name'][j] for j in viterbi(name[r, :n], moves)]}
    net.train()
    return result


def figures(sentences, predicted, exceptions):
    n = collections.Counter()
    for s, p in zip(sentences, predicted):
        if s.upos:
            for i in range(len(s.words)):
                n['words'] += 1
                n['upos'] += s.upos[i] == p['upos'][i]
                n['xpos'] += s.xpos[i] == p['xpos'][i]
                n['lemma'] += s.lemma[i] == labels.lemma(s.words[i], p['script'][i], p['upos'][i], exceptions)
                n['uas'] += s.head[i] == p['head'][i]
                n['las'] += s.head[i] == p['head'][i] and s.rel[i] == p['rel'][i]
        if s.names:
            g = {x for x in corpus.tags_to_spans(s.names) if x[2] != 'MISC'}
            q = {x for x in corpus.tags_to_spans(p['names']) if x[2] != 'MISC' and None not in s.names[x[0]:x[1]]}
            n['gold'] += len(g)
            n['found'] += len(q)
            n['right'] += len(g & q)
    out = ' '.join('%s %.2f' % (k, 100 * n[k] / n['words']) for k in ('upos', 'xpos', 'lemma', 'uas', 'las') if n['words'])
    if n['gold']:
        out += ' names P %.1f R %.1f F %.1f' % (100 * n['right'] / max(n['found'], 1), 100 * n['right'] / n['gold'],
                                                 200 * n['right'] / (n['gold'] + n['found']))
    return out.strip()


class Average:
    """Running mean of the weights, which is what gets exported."""

    EVERY = 4

    def __init__(self, net, decay=0.996):
        self.net, self.decay, self.mean = copy.deepcopy(net), decay, [p.detach().clone() for p in net.parameters()]
        self.steps = 0

    def update(self, net):
        self.steps += 1
        if self.steps % self.EVERY:
            return
        d = min(self.decay, self.steps / (self.steps + 10 * self.EVERY))
        torch._foreach_mul_(self.mean, d)
        torch._foreach_add_(self.mean, [p.detach() for p in net.parameters()], alpha=1 - d)

    def model(self):
        for p, m in zip(self.net.parameters(), self.mean):
            p.data.copy_(m)
        return self.net


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument('--epochs', type=int, default=36)
    ap.add_argument('--out', default=os.path.join(os.path.dirname(os.path.abspath(__file__)), 'english.tdm'))
    ap.add_argument('--work', default='/tmp/tidings-training')
    ap.add_argument('--tokens', type=int, default=2000)
    ap.add_argument('--rate', type=float, default=2e-3)
    ap.add_argument('--hidden', type=int, default=256)
    ap.add_argument('--seed', type=int, default=1)
    ap.add_argument('--resume', help='go on from the weights of this net.pt')
    ap.add_argument('--minutes', type=float, help='let the learning rate fall with the clock and stop then, whatever the epoch')
    a = ap.parse_args()
    os.makedirs(a.work, exist_ok=True)
    torch.set_num_threads(1)
    torch.manual_seed(a.seed)
    rng, np_rng = random.Random(a.seed), np.random.default_rng(a.seed)
    train, dev = corpus.load()
    tables = corpus.name_tables()
    pools = augment.name_pools(tables)
    vec_index, vec_word, vec_bag = vectors.load_or_train([s.words for s in train] + list(corpus.raw_sentences()), a.work)
    vec_word = np.concatenate([np.zeros((1, F.VEC_DIM), np.float32), vec_word])
    vec_q = quantize(vec_word * 0.5), quantize(vec_bag * 0.5)
    lexicon = Lexicon(train, vec_index, gazetteer(tables))
    inv = labels.inventories(train)
    types = Types(lexicon, vec_q[0][2], vec_q[1][2])
    coder, exceptions = Coder(types, inv), labels.lemma_exceptions(train)
    net = Network(lexicon.words, {k: len(v) for k, v in inv.items()}, a.hidden)
    print('sentences', len(train), 'words', sum(len(s.words) for s in train), 'lexicon', len(lexicon.entries), 'trained words', lexicon.words,
          {k: len(v) for k, v in inv.items()}, 'parameters %.1fM' % (sum(p.numel() for p in net.parameters()) / 1e6), flush=True)
    if a.resume:
        net.load_state_dict(torch.load(a.resume)['net'])
    model = fit(net, coder, train, dev, pools, exceptions, a, rng, np_rng, {'inv': inv, 'hidden': a.hidden, 'words': lexicon.words,
                'lexicon': lexicon.entries, 'vec_word': vec_q[0][:2], 'vec_bag': vec_q[1][:2], 'exceptions': exceptions})
    print(a.out, export(model, inv, lexicon.entries, vec_q[0][:2], vec_q[1][:2], exceptions, a.out), 'bytes')


def fit(net, coder, train, dev, pools, exceptions, a, rng, np_rng, extra):
    """Trains; saves a checkpoint with every evaluation; → the averaged network, its weights rounded as the file has them."""
    params = list(net.parameters())
    opt = torch.optim.Adam(params, lr=a.rate, betas=(0.9, 0.95), foreach=True)
    average, step, steps = Average(net), 0, a.epochs * len(batches([coder.code(s) for s in train], a.tokens))
    start, done = time.time(), 0.0
    for epoch in range(a.epochs):
        t0, total, n = time.time(), 0.0, 0
        coded = [coder.code(augment.vary(s, pools, rng)) for s in train]
        for ids in batches(coded, a.tokens, rng):
            _, lens, types, idx, case, gold, mask = tensors(coded, ids, coder.types, np_rng, 0.15)
            done = (time.time() - start) / 60 / a.minutes if a.minutes else step / steps
            if done >= 1:
                break
            for g in opt.param_groups:
                g['lr'] = a.rate * min(1, (step + 1) / 200) * max(0.01, 1 - done)
            loss = loss_of(net, net(types, idx, case, lens), gold, mask)
            if not torch.isfinite(loss):
                sys.exit('the loss is no number')
            opt.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(params, 5.0)
            opt.step()
            average.update(net)
            total, n, step = total + float(loss), n + 1, step + 1
        print('epoch %d loss %.3f %.0f s' % (epoch + 1, total / max(n, 1), time.time() - t0), flush=True)
        last = done >= 1 or epoch == a.epochs - 1
        if epoch % 4 == 3 or last:
            model = average.model()
            if last:
                round_weights(model)
            for name, sents in dev.items():
                print('  %s: %s' % (name, figures(sents, predict(model, coder, sents), exceptions)), flush=True)
            torch.save({'net': model.state_dict(), **extra}, os.path.join(a.work, 'net.pt'))
        if last:
            return model


if __name__ == '__main__':
    main()
