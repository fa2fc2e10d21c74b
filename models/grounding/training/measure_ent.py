"""AUROC and balanced accuracy per set and kind: word overlap, the model, the mix (logistic, fitted on the dev sets without the bank; each set also by a fit that left it out). Threshold .5, fixed beforehand."""
import json, sys, re, numpy as np
from sklearn.metrics import roc_auc_score as auc, balanced_accuracy_score as bal
from sklearn.linear_model import LogisticRegression
from untrained import terms
NUM = {w: str(i) for i, w in enumerate('zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty'.split())}
def nums(t): return {x.replace(',', '').rstrip('.') for x in re.findall(r'\d[\d,]*(?:\.\d+)?', t)} | {NUM[w] for w in re.findall(r'[a-z]+', t.lower()) if w in NUM}
def run_share(c, p):
    P = {}; best = 0
    for i, w in enumerate(p): P.setdefault(w, []).append(i)
    for i in range(len(c)):
        for j in P.get(c[i], []):
            k = 0
            while i + k < len(c) and j + k < len(p) and c[i + k] == p[j + k]: k += 1
            best = max(best, k)
    return best / max(1, len(c))
def feats(r, logit):
    full = r.get('full', r['premise']); c, p = terms(r['claim']), terms(full); q = terms(r['premise']); cs, ps = set(c), set(p); cb, pb = set(zip(c, c[1:])), set(zip(p, p[1:])); n = nums(r['claim'])
    cov = len(cs & ps) / max(1, len(cs)); qc = len(cs & set(q)) / max(1, len(cs))
    return [logit, qc, len(cb & set(zip(q, q[1:]))) / max(1, len(cb)), len(n - nums(full)) / max(1, len(n)), float(bool(n - nums(full))), run_share(c, q), np.log(1 + len(c)) / 4, cov]
if __name__ == '__main__':
    R = [json.loads(l) for l in open('data/ent_dev2.jsonl')]; L = {int(k): v for k, v in json.load(open(sys.argv[1])).items()}; I = sorted(L); R = [R[i] for i in I]
    X = np.array([feats(r, L[i]) for r, i in zip(R, I)]); y = np.array([r['label'] for r in R]); S = np.array([r['set'].split('_')[0] if r['set'].startswith(('desk', 'summedits')) else r['set'] for r in R])
    sets = sorted(set(S)); fitsets = [s for s in sets if s not in ('bank', 'wice_whole')]
    def w(mask): return np.array([.5 / ((S == s) & (y == v)).sum() if m else 0 for s, v, m in zip(S, y, mask)]) * 100
    def fit(mask): return LogisticRegression(C=1., max_iter=2000).fit(X[mask][:, :7], y[mask], sample_weight=w(mask)[mask])
    allfit = fit(np.isin(S, fitsets)); modelonly = LogisticRegression().fit(X[np.isin(S, fitsets)][:, :1], y[np.isin(S, fitsets)], sample_weight=w(np.isin(S, fitsets))[np.isin(S, fitsets)])
    print('mix weights', dict(zip('logit cover bigram numshare nummiss run len'.split(), allfit.coef_[0].round(3))), 'bias', allfit.intercept_.round(3)); T = []
    for s in sets:
        m = S == s; c = fit(np.isin(S, [k for k in fitsets if k != s])); p = c.predict_proba(X[m][:, :7])[:, 1]; mo = modelonly.predict(X[m][:, :1]); row = [auc(y[m], X[m][:, 7]), auc(y[m], X[m][:, 0]), auc(y[m], p), bal(y[m], mo), bal(y[m], p > .5)]; T.append(row)
        print(f'{s:18} n {m.sum():4} AUROC overlap {row[0]:.3f} model {row[1]:.3f} mix (set left out) {row[2]:.3f} | balanced accuracy model {row[3]:.3f} mix {row[4]:.3f}')
    p = allfit.predict_proba(X[:, :7])[:, 1]
    for s in ('bank', 'desk'):
        m = S == s
        for k in sorted({r['kind'] for r, a in zip(R, m) if a}):
            z = np.array([a and r['kind'] == k for r, a in zip(R, m)])
            if s == 'bank': print(f'  bank {k:18} n {z.sum():3} judged right: model {(modelonly.predict(X[z][:, :1]) == y[z]).mean():.3f} mix {((p[z] > .5) == y[z]).mean():.3f}')
            elif len(set(y[z])) == 2: print(f'  desk {k:18} n {z.sum():3} AUROC model {auc(y[z], X[z][:, 0]):.3f} overlap {auc(y[z], X[z][:, 7]):.3f}')
    z = np.array([s == 'desk' and r['edit'] is not None for r, s in zip(R, S)]); print('desk, edited rows', z.sum(), 'AUROC model', round(auc(y[z], X[z][:, 0]), 3)) if z.any() and len(set(y[z])) == 2 else 0
