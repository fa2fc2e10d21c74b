import json, numpy as np, torch, random, time, argparse, os, re
from model import *; from pairs import *; from blocks import context
ap = argparse.ArgumentParser()
for a, t, d in [('train', str, 'energy,xquad'), ('out', str, 'runs/x'), ('epochs', int, 3), ('lr', float, 6e-5), ('joint', int, 3), ('neg', int, 7), ('groups', int, 6), ('seed', int, 1), ('freeze', int, 0), ('drop', float, .1), ('bce', float, 1.), ('threads', int, 2), ('init', str, ''), ('total', int, 0), ('start', int, 0), ('layers', int, 6)]: ap.add_argument('--' + a, type=t, default=d)
A = ap.parse_args(); torch.set_num_threads(A.threads); torch.manual_seed(A.seed); rnd = random.Random(A.seed); os.makedirs(A.out, exist_ok=True)
D = json.load(open('data/rel.json')); G = []
for f in A.train.split(','):
    B, Q = D[f]['blocks'], D[f]['questions']; z = np.load(f'data/base_{f}.npz'); S = .35 * z['cos'] + .3 * z['cov'] + .35 * z['cost']; bb = z['bb']
    for i, q in enumerate(Q):
        if f == 'clinic' and q['src'] == 'q': continue
        gold = sorted(set(sum(q['gold'], [])))
        if q['kind'] not in ('near_miss',) and not gold: continue
        if q['src'] == 'xq' and len(gold) > 1: pos = [max(gold, key=lambda j: S[i, j])]
        elif q['src'] == 'q' and len(gold) > 1: pos = [max(gold, key=lambda j: S[i, j])]
        else: pos = gold
        ban = set(gold)
        if gold: ban |= {j for j in range(len(B)) if max(bb[j, g] for g in gold) > .93}
        paid = q['tier'] != 'all'; named = re.search(r'plus|priority|premier', q['q'], re.I)
        ok = [j for j in np.argsort(-S[i])[:60].tolist() if j not in ban and (B[j]['tier'] in ('all', q['tier']) or named)]
        near = [j for g in gold for j in (g - 2, g - 1, g + 1, g + 2) if 0 <= j < len(B) and j not in ban and B[j]['doc'] == B[g]['doc']]
        G.append((f, i, pos, ok, near))
m = Pair.from_base(joint=A.joint, layers=A.layers)
if A.init: m.load_state_dict(torch.load(A.init))
for l in m.layers: l.p = A.drop
frozen = list(m.word.parameters()) + list(m.position.parameters())
if A.freeze: frozen += list(m.kind.parameters()) + list(m.norm.parameters()) + [p for l in m.layers[:A.freeze] for p in l.parameters()]
for p in frozen: p.requires_grad = False
head = ('ab', 'qw', 'mlp'); N = [(n, p) for n, p in m.named_parameters() if p.requires_grad]
opt = torch.optim.AdamW([dict(params=[p for n, p in N if not n.startswith(('ab', 'qw', 'mlp', 'typejoint', 'kind'))], lr=A.lr), dict(params=[p for n, p in N if n.startswith(('mlp', 'qw'))], lr=A.lr * 10), dict(params=[p for n, p in N if n.startswith(('ab',))], lr=A.lr * 50), dict(params=[p for n, p in N if n.startswith(('typejoint', 'kind'))], lr=A.lr * 10)], weight_decay=.01)
total = A.total or A.epochs; T = -(-len(G) // A.groups) * total; step = A.start * -(-len(G) // A.groups)
sch = torch.optim.lr_scheduler.LambdaLR(opt, lambda s: min(1, (s + 1) / 60) * max(.03, 1 - (s + step) / T))
t0, tk, run = time.time(), 0, []
print(len(G), 'groups', flush=True)
for ep in range(A.epochs):
    items = []
    for f, i, pos, ok, near in G:
        B, q = D[f]['blocks'], D[f]['questions'][i]['q']
        if rnd.random() < .3: q = q.lower()
        if rnd.random() < .2: q = q.rstrip('?.! ')
        if rnd.random() < .15: q = typo(q, rnd)
        p = [rnd.choice(pos)] if pos else []
        k = A.neg + 1 - len(p); c = []
        if near and pos: c += rnd.sample(near, min(2, len(near)))
        pool = [j for j in ok if j not in c]; head_, tail = pool[:8], pool[8:40]
        c += rnd.sample(head_, min(3, len(head_))); c = list(dict.fromkeys(c)); rest = [j for j in head_ + tail if j not in c]; c += rnd.sample(rest, k - len(c))
        bare, nolead = rnd.random() < .1, rnd.random() < .1; E = []
        for j in p + c[:k]:
            b = B[j]; b = dict(b, title='' if bare else b['title'], headings=[] if bare else b['headings'], lead='' if nolead else b['lead']); E.append(encode(q, b['text'], context(b)))
        items.append((E, bool(p)))
    rnd.shuffle(items); chunk = A.groups * 20; order = []
    for s in range(0, len(items), chunk):
        c = sorted(items[s:s + chunk], key=lambda x: max(len(e[0]) for e in x[0])); bs = [c[k:k + A.groups] for k in range(0, len(c), A.groups)]; rnd.shuffle(bs); order += bs
    m.train()
    for s, b in enumerate(order):
        ids, pos, typ = batch(sum([e for e, _ in b], [])); o = m(ids, pos, typ).view(len(b), -1); has = torch.tensor([h for _, h in b])
        y = torch.zeros_like(o); y[has, 0] = 1
        w = torch.where(y == 1, torch.tensor(3.), torch.tensor(1.)); bce = (F.binary_cross_entropy_with_logits(o, y, reduction='none') * w).mean()
        ce = F.cross_entropy(o[has], torch.zeros(int(has.sum()), dtype=torch.long)) if has.any() else o.sum() * 0
        loss = ce + A.bce * bce; loss.backward(); torch.nn.utils.clip_grad_norm_([p for _, p in N], 1.); opt.step(); sch.step(); opt.zero_grad(); tk += ids.numel(); run.append((ce.item(), bce.item(), (o[has].argmax(1) == 0).float().mean().item() if has.any() else .5))
        if s % 50 == 49 or s == len(order) - 1: print(f'ep {ep} {s+1}/{len(order)} ce/bce/acc {np.mean(run[-100:], 0).round(3)} {tk/(time.time()-t0):.0f} tok/s {time.time()-t0:.0f}s ab {m.ab.data.numpy().round(2)}', flush=True)
    torch.save(m.state_dict(), A.out + '/last.pt'); json.dump(dict(args=vars(A), epoch=ep, sec=time.time() - t0, tokens=tk), open(A.out + '/train.json', 'w'))
