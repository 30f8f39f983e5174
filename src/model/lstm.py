"""A bidirectional LSTM layer over lstm.c."""
import ctypes, tempfile
import torch, torch.nn as nn
from vectors import compile_c

lib = None


def pointer(t):
    return ctypes.c_void_p(t.data_ptr())


class Direction(torch.autograd.Function):
    """gates [N][B][4H] (input part, bias included), weight [4H][H], alive [N] → out [N][B][H]."""

    @staticmethod
    def forward(ctx, gates, weight, alive, reverse):
        n, b, h = gates.shape[0], gates.shape[1], weight.shape[1]
        gates, weight = gates.contiguous().clone(), weight.contiguous()
        out, cell = gates.new_zeros(n, b, h), gates.new_zeros(n, b, h)
        lib.td_lstm_forward(pointer(gates), pointer(weight), pointer(out), pointer(cell), pointer(alive), *map(ctypes.c_int64, (n, b, h, reverse)))
        ctx.save_for_backward(gates, weight, out, cell, alive)
        ctx.reverse = reverse
        return out

    @staticmethod
    def backward(ctx, dout):
        gates, weight, out, cell, alive = ctx.saved_tensors
        n, b, h = out.shape
        dout = dout.contiguous().clone()
        dgates, dcell = torch.zeros_like(gates), out.new_zeros(b, h)
        lib.td_lstm_backward(pointer(gates), pointer(weight), pointer(dout), pointer(cell), pointer(dcell), pointer(dgates), pointer(alive),
                             *map(ctypes.c_int64, (n, b, h, ctx.reverse)))
        now, before = (dgates[:-1], out[1:]) if ctx.reverse else (dgates[1:], out[:-1])
        return dgates, now.flatten(0, 1).t() @ before.flatten(0, 1), None, None


class Layer(nn.Module):
    """Weights as torch.nn.LSTM names and orders them (gates i f g o), one bias."""

    def __init__(self, width, hidden):
        super().__init__()
        global lib
        lib = lib or compile_c('lstm', tempfile.mkdtemp(), '-lopenblas')
        self.hidden = hidden
        for side in ('forward', 'backward'):
            x = nn.Linear(width, 4 * hidden)
            nn.init.uniform_(x.weight, -hidden ** -0.5, hidden ** -0.5)
            x.bias.data.zero_()
            x.bias.data[hidden:2 * hidden] = 1                 # remember at first
            self.add_module(side + '_x', x)
            rec = torch.empty(4 * hidden, hidden)
            for k in range(4):
                nn.init.orthogonal_(rec[k * hidden:(k + 1) * hidden])
            self.register_parameter(side + '_h', nn.Parameter(rec))

    def forward(self, x, alive):
        """x [N][B][width] → [N][B][2 hidden]; forward half first."""
        f = Direction.apply(self.forward_x(x), self.forward_h, alive, 0)
        b = Direction.apply(self.backward_x(x), self.backward_h, alive, 1)
        return torch.cat([f, b], -1)
