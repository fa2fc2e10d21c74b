import json, numpy as np, torch, random, time, argparse, os
from model import *; from pairs import *
ap = argparse.ArgumentParser()
for a, t, d in [('out', str, 'runs/ent'), ('epochs', int, 1), ('lr', float, 1e-4), ('joint', int, 1), ('bs', int, 32), ('seed', int, 1), ('freeze', int, 1), ('drop', float, .05), ('threads', int, 1), ('init', str, ''), ('n', int, 0), ('resume', int, 0), ('data', str, 'data/ent_train.jsonl'), ('boost', float, 2.), ('warm', int, 100)]: ap.add_argument('--' + a, type=t, default=d)
A = ap.parse_args(); torch.set_num_threads(A.threads); torch.manual_seed(A.seed); rnd = random.Random(A.seed); os.makedirs(A.out, exist_ok=True)
R = [json.loads(l) for l in open(A.data)]; R = R[:A.n] if A.n else R
m = Entail.from_base(joint=A.joint)
if A.init: m.load_state_dict(torch.load(A.init))
for l in m.layers: l.p = A.drop
for p in list(m.word.parameters()) + list(m.position.parameters()) + ([p for l in m.layers[:A.freeze] for p in l.parameters()] + list(m.kind.parameters()) + list(m.norm.parameters()) if A.freeze else []): p.requires_grad = False
N = [(n, p) for n, p in m.named_parameters() if p.requires_grad]; hd = ('mlp', 'qw', 'tok')
opt = torch.optim.AdamW([dict(params=[p for n, p in N if not n.startswith(hd + ('ab', 'typejoint', 'kind'))], lr=A.lr), dict(params=[p for n, p in N if n.startswith(hd)], lr=A.lr * 8), dict(params=[p for n, p in N if n.startswith(('ab',))], lr=A.lr * 40), dict(params=[p for n, p in N if n.startswith(('typejoint', 'kind'))], lr=A.lr * 10)], weight_decay=.01)
def tweak(c):
    if rnd.random() < .1: c = c.lower()
    if rnd.random() < .1: c = c.rstrip('.')
    return c
order = []
for ep in range(A.epochs):
    idx = list(range(len(R))); rnd.shuffle(idx); c = A.bs * 30; ln = [len(x['claim']) + len(x['premise']) for x in R]; o = []
    for s in range(0, len(idx), c):
        k = sorted(idx[s:s + c], key=lambda i: ln[i]); b = [k[j:j + A.bs] for j in range(0, len(k), A.bs)]; rnd.shuffle(b); o += b
    order += o
T = len(order); sch = torch.optim.lr_scheduler.LambdaLR(opt, lambda s: min(1, (s + 1) / A.warm) * max(.03, 1 - s / T)); s0 = 0
if A.resume and os.path.exists(A.out + '/state.pt'):
    st = torch.load(A.out + '/state.pt', weights_only=False); m.load_state_dict(st['m']); opt.load_state_dict(st['o']); sch.load_state_dict(st['s']); s0 = st['step']
m.train(); t0, tk, run = time.time(), 0, []
for s in range(s0, T):
    b = order[s]; E = [encode(tweak(R[i]['claim']), R[i]['premise'], '', 80, 176, 1) for i in b]; y = torch.tensor([float(R[i]['label']) for i in b]); w = torch.tensor([A.boost if R[i]['set'].startswith('desk') else .6 if R[i]['set'] == 'conj_nli' else 1. for i in b])
    o = m(*batch(E)); loss = (F.binary_cross_entropy_with_logits(o, y, reduction='none') * w).sum() / w.sum()
    loss.backward(); torch.nn.utils.clip_grad_norm_([p for _, p in N], 1.); opt.step(); sch.step(); opt.zero_grad(); tk += len(E) * max(len(e[0]) for e in E); run.append((loss.item(), ((o > 0) == (y > .5)).float().mean().item()))
    if s % 20 == 19 or s == T - 1: print(f'{s+1}/{T} loss/acc {np.mean(run[-100:], 0).round(3)} {tk/(time.time()-t0):.0f} tok/s {time.time()-t0:.0f}s ab {m.ab.data.numpy().round(2)}', flush=True)
    if s % 40 == 39 or s == T - 1: torch.save(m.state_dict(), A.out + '/last.pt'); torch.save(dict(m=m.state_dict(), o=opt.state_dict(), s=sch.state_dict(), step=s + 1), A.out + '/state.pt')
json.dump(dict(args=vars(A), sec=time.time() - t0, tokens=tk), open(A.out + '/train.json', 'w'))
