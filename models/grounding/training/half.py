import json, random, numpy as np
D = json.load(open('data/rel.json')); X = D['xquad']; r = random.Random(7)
docs = sorted({q['doc'] for q in X['questions']}); r.shuffle(docs); A = set(docs[:len(docs)//2])
I = [i for i, q in enumerate(X['questions']) if q['doc'] in A]
D['xhalf'] = dict(blocks=X['blocks'], questions=[X['questions'][i] for i in I]); json.dump(D, open('data/rel.json', 'w'))
z = np.load('data/base_xquad.npz'); print({k: z[k].shape for k in z})
nq = len(X['questions']); np.savez('data/base_xhalf.npz', **{k: (z[k][I] if z[k].shape[0] == nq and k != 'bb' else z[k]) for k in z})
json.dump(sorted(A), open('data/xhalf_docs.json', 'w')); print(len(I), 'questions of', nq, len(A), 'docs')
