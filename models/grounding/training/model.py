"""MiniLM-L6 as a pair scorer. Layers below `joint` read question and block apart (positions restart, as the bi-encoder was trained), the layers above
read both together. The logit starts from what the bi-encoder knows (cosine of means, late interaction) and adds what training finds."""
from paths import BASE, DATA
import torch, math, json
import torch.nn as nn, torch.nn.functional as F
from safetensors.torch import load_file

class Layer(nn.Module):
    def __init__(s, d=384, ff=1536, h=12):
        super().__init__(); s.h = h
        s.qkv = nn.Linear(d, 3 * d); s.o = nn.Linear(d, d); s.n1 = nn.LayerNorm(d, eps=1e-12); s.i = nn.Linear(d, ff); s.f = nn.Linear(ff, d); s.n2 = nn.LayerNorm(d, eps=1e-12); s.p = 0.
    def forward(s, x, mask):
        B, S, D = x.shape; q, k, v = s.qkv(x).view(B, S, 3, s.h, D // s.h).permute(2, 0, 3, 1, 4)
        z = F.scaled_dot_product_attention(q, k, v, attn_mask=mask) if s.sdpa else torch.softmax(q @ k.transpose(-1, -2) / math.sqrt(D // s.h) + mask, -1) @ v
        z = s.o(z.transpose(1, 2).reshape(B, S, D)); x = s.n1(x + F.dropout(z, s.p, s.training))
        return s.n2(x + F.dropout(s.f(F.gelu(s.i(x))), s.p, s.training))
    sdpa = True

class Pair(nn.Module):
    """ids, pos, typ: (B,S); typ 0 = padding; 1 question; 2 block's own words; 3 its context; +4 = also found on the other side (word overlap)."""
    def __init__(s, joint=3, layers=6, ntypes=8):
        super().__init__(); d = 384; s.joint = joint
        s.word = nn.Embedding(30522, d); s.position = nn.Embedding(512, d); s.kind = nn.Embedding(ntypes, d); s.norm = nn.LayerNorm(d, eps=1e-12)
        s.layers = nn.ModuleList(Layer() for _ in range(layers)); s.typejoint = nn.Embedding(ntypes, d)
        s.qw = nn.Linear(d, 1); s.mlp1 = nn.Linear(5 * d, 64); s.mlp2 = nn.Linear(64, 1); s.ab = nn.Parameter(torch.tensor([4., 6., -4.]))
    @staticmethod
    def from_base(path=BASE, joint=3, layers=6):
        m = Pair(joint, layers); w = load_file(path + '/model.safetensors'); g = lambda k: w[k]
        with torch.no_grad():
            m.word.weight.copy_(g('embeddings.word_embeddings.weight')); m.position.weight.copy_(g('embeddings.position_embeddings.weight'))
            m.kind.weight.copy_(g('embeddings.token_type_embeddings.weight')[0].expand_as(m.kind.weight)); m.typejoint.weight.zero_()
            m.norm.weight.copy_(g('embeddings.LayerNorm.weight')); m.norm.bias.copy_(g('embeddings.LayerNorm.bias'))
            for i, l in enumerate(m.layers):
                p = f'encoder.layer.{i}.'
                l.qkv.weight.copy_(torch.cat([g(p + f'attention.self.{x}.weight') for x in ('query', 'key', 'value')])); l.qkv.bias.copy_(torch.cat([g(p + f'attention.self.{x}.bias') for x in ('query', 'key', 'value')]))
                for a, b in [(l.o, 'attention.output.dense'), (l.n1, 'attention.output.LayerNorm'), (l.i, 'intermediate.dense'), (l.f, 'output.dense'), (l.n2, 'output.LayerNorm')]:
                    a.weight.copy_(g(p + b + '.weight')); a.bias.copy_(g(p + b + '.bias'))
            m.qw.weight.normal_(0, .002); m.qw.bias.zero_(); m.mlp2.weight.zero_(); m.mlp2.bias.zero_()
        return m
    def embed(s, ids, pos, typ): return s.norm(s.word(ids) + s.position(pos) + s.kind(typ))
    def masks(s, typ):
        side = torch.where(typ == 0, torch.zeros_like(typ), torch.where((typ == 1) | (typ == 5), torch.ones_like(typ), 2 * torch.ones_like(typ)))
        real = (typ != 0); far = torch.tensor(-1e4, dtype=torch.float32); zero = torch.tensor(0., dtype=torch.float32)
        full = torch.where(real, zero, far)[:, None, None, :]
        apart = torch.where(side[:, :, None] == side[:, None, :], zero, far)[:, None] + full
        return side, full, apart
    def lower(s, x, apart):
        for l in s.layers[:s.joint]: x = l(x, apart)
        return x
    def upper(s, x, typ, side, full):
        x = x + s.typejoint(typ) 
        for l in s.layers[s.joint:]: x = l(x, full)
        return s.head(x, typ, side)
    def head(s, x, typ, side):
        x = x.float(); cls = x[:, 0]
        mq = (side == 1).float()[:, :, None]; mb = (side == 2).float()[:, :, None]; mo = ((typ == 2) | (typ == 6)).float()[:, :, None]
        u = (x * mq).sum(1) / mq.sum(1).clamp(min=1); v = (x * mb).sum(1) / mb.sum(1).clamp(min=1); o = (x * mo).sum(1) / mo.sum(1).clamp(min=1)
        n = lambda t: t / (t.pow(2).sum(-1, keepdim=True) + 1e-9).sqrt()
        cos = (n(u) * n(v)).sum(-1)
        X = n(x); S = X @ X.transpose(1, 2)                                            # (B,S,S)
        best = torch.where((side == 2)[:, None, :], S, torch.full_like(S, -2.)).max(-1).values
        w = torch.softmax(torch.where(side == 1, s.qw(x).squeeze(-1), torch.full_like(best, -1e4)), -1); late = (w * best).sum(-1)
        z = torch.cat([cls, u, o, n(u) * n(o) * 20, (n(u) - n(o)).abs() * 20], -1)
        return s.ab[0] * cos + s.ab[1] * late + s.ab[2] + s.mlp2(F.gelu(s.mlp1(z))).squeeze(-1)
    def forward(s, ids, pos, typ):
        side, full, apart = s.masks(typ)
        return s.upper(s.lower(s.embed(ids, pos, typ), apart), typ, side, full)

class Entail(Pair):
    """Claim (question's side) against premise: besides the pair's logit, each claim token is compared with what it attends to in the premise; one that is not borne out is enough."""
    def __init__(s, joint=1, layers=6):
        super().__init__(joint, layers); s.tok1 = nn.Linear(4 * 384 + 1, 64); s.tok2 = nn.Linear(64, 1)
    @staticmethod
    def from_base(path=BASE, joint=1, layers=6):
        p = Pair.from_base(path, joint, layers); m = Entail(joint, layers); m.load_state_dict(p.state_dict(), strict=False)
        with torch.no_grad(): m.tok2.weight.normal_(0, .01); m.tok2.bias.fill_(-4.); m.ab.copy_(torch.tensor([2., 4., -4.]))
        return m
    def head(s, x, typ, side):
        base = super().head(x, typ, side); n = lambda t: t / (t.pow(2).sum(-1, keepdim=True) + 1e-9).sqrt()
        X = n(x); S = X @ X.transpose(1, 2); S2 = torch.where((side == 2)[:, None, :], S * 15, torch.full_like(S, -1e4)); M = torch.softmax(S2, -1) @ X; best = torch.where((side == 2)[:, None, :], S, torch.full_like(S, -2.)).max(-1).values
        z = torch.cat([X * 10, M * 10, (X - M).abs() * 10, X * M * 20, best[:, :, None]], -1); e = s.tok2(F.gelu(s.tok1(z))).squeeze(-1)
        e = torch.where(side == 1, e, torch.full_like(e, -1e4)); return base - torch.logsumexp(e, -1)
