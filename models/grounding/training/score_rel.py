"""Scores the K best blocks of each question of a firm; keeps them in runs/<x>/<firm>.json for measure.py."""
import json, numpy as np, torch, sys, argparse, random
from model import *; from pairs import *; from blocks import context
ap = argparse.ArgumentParser()
for a, t, d in [('run', str, ''), ('firm', str, 'clinic'), ('joint', int, 3), ('k', int, 24), ('limit', int, 0), ('threads', int, 2), ('layers', int, 6)]: ap.add_argument('--' + a, type=t, default=d)
A = ap.parse_args(); torch.set_num_threads(A.threads); m = Pair.from_base(joint=A.joint, layers=A.layers)
if A.run != 'runs/none': m.load_state_dict(torch.load(A.run + '/last.pt'))
m.eval(); D = json.load(open('data/rel.json'))[A.firm]; B, Q = D['blocks'], D['questions']; z = np.load(f'data/base_{A.firm}.npz'); S = .35 * z['cos'] + .3 * z['cov'] + .35 * z['cost']
idx = list(range(len(Q)))
if A.limit: ev = [i for i in idx if Q[i]['src'] != 'q']; random.Random(7).shuffle(ev); idx = ev[:A.limit] + [i for i in idx if Q[i]['src'] == 'q']
P = []; C = {}
for i in idx:
    ok = np.array([b['tier'] in ('all', Q[i]['tier']) for b in B]); C[i] = np.argsort(-(S[i] - 9 * ~ok))[:A.k].tolist(); P += [(i, j) for j in C[i]]
E = [encode(Q[i]['q'], B[j]['text'], context(B[j])) for i, j in P]; order = sorted(range(len(E)), key=lambda k: len(E[k][0])); out = np.zeros(len(E))
for s in range(0, len(order), 64):
    b = order[s:s + 64]
    with torch.no_grad(): out[b] = m(*batch([E[k] for k in b])).numpy()
L = {}
for (i, j), v in zip(P, out): L.setdefault(i, []).append(float(v))
json.dump({str(i): dict(c=C[i], l=L[i]) for i in idx}, open(f'{A.run}/{A.firm}.json', 'w'))
