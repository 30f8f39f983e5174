"""The network: features of a word → two bidirectional LSTM layers → one linear layer for all heads. Shapes: T word types,
B sentences, N words, H units a direction."""
import torch, torch.nn as nn, torch.nn.functional as fn
import features as F
from lstm import Layer

ARC, LABEL = 256, 192
HIDDEN = 256


def shared_dropout(x, p, training):
    """Drops the same units at every position of a sentence (Gal and Ghahramani 2016)."""
    if not training or p == 0:
        return x
    mask = x.new_empty(x.shape[0], 1, x.shape[2]).bernoulli_(1 - p) / (1 - p)
    return x * mask


class Network(nn.Module):
    def __init__(self, words, sizes, hidden=HIDDEN):
        """words: rows of the trained word table; sizes: {'upos': n, 'xpos': n, 'lemma': n, 'name': n, 'deprel': n}."""
        super().__init__()
        self.sizes, self.hidden = sizes, hidden
        self.word = nn.Embedding(words, F.WORD_DIM)
        self.slot = nn.ModuleList([nn.Embedding(rows, dim) for _, rows, dim in F.SLOTS])
        self.gram = nn.EmbeddingBag(F.GRAM_ROWS, F.GRAM_DIM, mode='mean')
        for e in [self.word, self.gram, *self.slot]:
            nn.init.normal_(e.weight, 0, 0.1)
        self.width = F.VEC_DIM + F.WORD_DIM + sum(d for _, _, d in F.SLOTS) + F.GRAM_DIM + F.GAZ_DIM
        self.case = nn.Embedding(F.CASE_CLASSES, 8)
        self.lstm1 = Layer(self.width + 8, hidden)
        self.lstm2 = Layer(2 * hidden, hidden)
        self.tags = sizes['upos'] + sizes['xpos'] + sizes['lemma'] + sizes['name']
        self.skip = nn.Linear(self.width, self.tags, bias=False)
        self.out = nn.Linear(2 * hidden, self.tags + 2 * ARC + 2 * LABEL)
        self.root_arc = nn.Parameter(torch.randn(ARC) * 0.1)
        self.root_label = nn.Parameter(torch.randn(LABEL) * 0.1)
        self.arc = nn.Parameter(torch.randn(ARC + 1, ARC) * 0.02)
        self.label = nn.Linear(LABEL, sizes['deprel'])

    def embed(self, types):
        """types: dict of tensors over the batch's word types → [T][width]."""
        parts = [types['vec'], self.word(types['word'])]
        parts += [e(types['slots'][:, k]) for k, e in enumerate(self.slot)]
        parts += [self.gram(types['gram'], types['gram_at']), types['gaz']]
        if self.training:
            for k in range(len(parts)):
                p = 0.08 if k != 0 else 0.12
                parts[k] = parts[k] * (torch.rand(len(parts[k]), 1) > p).float()
        return torch.cat(parts, -1)

    def forward(self, types, index, case, lens, drop=0.38):
        """index [B][N]: type of each word; case [B] → scores of all heads."""
        x = self.embed(types)
        tok = fn.embedding(index, x)
        tok = fn.dropout(tok, 0.25, self.training)
        c = self.case(case).unsqueeze(1).expand(-1, tok.shape[1], -1)
        alive = (torch.tensor(lens).unsqueeze(0) > torch.arange(tok.shape[1]).unsqueeze(1)).sum(1)
        h = self.lstm1(torch.cat([tok, c], -1).transpose(0, 1), alive).transpose(0, 1)
        h = shared_dropout(h, drop, self.training).transpose(0, 1)
        h = self.lstm2(h, alive).transpose(0, 1)
        h = shared_dropout(h, drop, self.training)
        y = self.out(h)
        tags = y[..., :self.tags] + self.skip(tok)
        s = self.sizes
        upos, xpos, lemma, name = tags.split([s['upos'], s['xpos'], s['lemma'], s['name']], -1)
        z = fn.leaky_relu(y[..., self.tags:self.tags + 2 * ARC], 0.1)
        dep, head = z.split(ARC, -1)
        ldep, lhead = y[..., self.tags + 2 * ARC:].split(LABEL, -1)
        b = len(lens)
        head = torch.cat([self.root_arc.expand(b, 1, -1), head], 1)
        lhead = torch.cat([self.root_label.expand(b, 1, -1), lhead], 1)
        dep, head = shared_dropout(dep, drop, self.training), shared_dropout(head, drop, self.training)
        arcs = (dep @ self.arc[:-1] + self.arc[-1]) @ head.transpose(1, 2)
        return {'upos': upos, 'xpos': xpos, 'lemma': lemma, 'name': name, 'arcs': arcs, 'ldep': ldep, 'lhead': lhead}

    def labels(self, out, heads):
        """heads [B][N], 0 is the root → [B][N][deprel]."""
        g = out['lhead'].gather(1, heads.unsqueeze(-1).expand(-1, -1, LABEL))
        z = torch.relu(out['ldep'] + g)
        return self.label(fn.dropout(z, 0.25, self.training))
