import json, numpy as np, torch, argparse
from model import *; from pairs import *
ap = argparse.ArgumentParser()
for a, t, d in [('run', str, 'runs/ent'), ('joint', int, 1), ('threads', int, 1), ('cap', int, 0), ('sets', str, ''), ('data', str, 'data/ent_dev.jsonl'), ('out', str, 'dev.json')]: ap.add_argument('--' + a, type=t, default=d)
A = ap.parse_args(); torch.set_num_threads(A.threads); m = Entail.from_base(joint=A.joint); m.load_state_dict(torch.load(A.run + '/last.pt')); m.eval()
R = [json.loads(l) for l in open(A.data)]; keep, c = [], {}
for i, r in enumerate(R):
    c[r['set']] = c.get(r['set'], 0) + 1
    if (not A.cap or c[r['set']] <= A.cap) and (not A.sets or any(r['set'].startswith(s) for s in A.sets.split(','))): keep.append(i)
E = {i: encode(R[i]['claim'], R[i]['premise'], '', 80, 176, 1) for i in keep}; o = sorted(keep, key=lambda i: len(E[i][0])); out = {}
for s in range(0, len(o), 32):
    with torch.no_grad(): out.update(zip(o[s:s + 32], m(*batch([E[i] for i in o[s:s + 32]])).tolist()))
json.dump(out, open(A.run + '/' + A.out, 'w'))
