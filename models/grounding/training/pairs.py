"""The input of the pair models: ids, positions and token types of question (or claim) and block (or premise)."""
from paths import BASE, DATA
import random, re, torch
from tokenizers import Tokenizer
tok = Tokenizer.from_file(BASE + "/tokenizer.json"); tok.no_padding(); tok.no_truncation()
CLS, SEP = 101, 102; cache = {}
def pieces(text):
    r = cache.get(text)
    if r is None:
        e = tok.encode(text, add_special_tokens=False); r = cache[text] = (e.ids, e.tokens)
    return r
def words(tokens):
    """Start, end and key of each word: pieces joined over ##."""
    out = []
    for i, t in enumerate(tokens):
        if t.startswith("##") and out: out[-1][1] = i + 1; out[-1][2] += t[2:]
        else: out.append([i, i + 1, t])
    return out
PUNCT = re.compile(r"^\W+$")
def flagged(tokens, other):
    f = [0] * len(tokens)
    for a, b, k in words(tokens):
        if k in other and not PUNCT.match(k):
            for j in range(a, b): f[j] = 4
    return f
def encode(question, own, context, maxq=48, maxown=112, maxctx=64):
    """[CLS] question [SEP] | [CLS] own words [SEP] context [SEP]; positions restart at the second [CLS]."""
    (qi, qt), (oi, ot), (ci, ct) = pieces(question), pieces(own), pieces(context)
    qi, qt, oi, ot, ci, ct = qi[:maxq], qt[:maxq], oi[:maxown], ot[:maxown], ci[-maxctx:], ct[-maxctx:]
    kq = {k for _, _, k in words(qt)}; kb = {k for _, _, k in words(ot)} | {k for _, _, k in words(ct)}
    fq, fo, fc = flagged(qt, kb), flagged(ot, kq), flagged(ct, kq)
    ids = [CLS] + qi + [SEP] + [CLS] + oi + [SEP] + (ci + [SEP] if ci else [])
    typ = [1] + [1 + f for f in fq] + [1] + [2] + [2 + f for f in fo] + [2] + ([3 + f for f in fc] + [3] if ci else [])
    nq = len(qi) + 2; pos = list(range(nq)) + list(range(len(ids) - nq))
    return ids, pos, typ
def batch(E):
    L = max(len(e[0]) for e in E); z = torch.zeros(3, len(E), L, dtype=torch.long)
    for k, (a, b, c) in enumerate(E):
        n = len(a); z[0, k, :n] = torch.tensor(a); z[1, k, :n] = torch.tensor(b); z[2, k, :n] = torch.tensor(c)
    return z[0], z[1], z[2]
def typo(q, rnd):
    w = q.split(); i = rnd.randrange(len(w)); x = w[i]
    if len(x) < 4: return q
    j = rnd.randrange(1, len(x) - 1); r = rnd.random()
    w[i] = x[:j] + x[j + 1] + x[j] + x[j + 2:] if r < .4 else x[:j] + x[j + 1:] if r < .8 else x[:j] + x[j] + x[j:]
    return " ".join(w)
