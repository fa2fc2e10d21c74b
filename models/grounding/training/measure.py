"""First block right, AUROC of 'the first block is right' (near misses in it), share of the answerable sent at 1/2/3/5/8 % wrong; alone and mixed. Folds by article."""
import json, numpy as np, sys
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler
from sklearn.pipeline import make_pipeline
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold
D = json.load(open('data/rel.json'))
def load(firm, path):
    d = D[firm]; z = np.load(f'data/base_{firm}.npz'); R = json.load(open(path)) if path else None; S = .35 * z['cos'] + .3 * z['cov'] + .35 * z['cost']; rows = []
    for i, q in enumerate(d['questions']):
        if R is not None and str(i) not in R: continue
        if R is None:
            ok = np.array([b['tier'] in ('all', q['tier']) for b in d['blocks']]); c = np.argsort(-(S[i] - 9 * ~ok))[:24]; l = np.zeros(24)
        else: c, l = np.array(R[str(i)]['c']), np.array(R[str(i)]['l'])
        rows.append(dict(q=q, i=i, c=c, l=l, s=S[i, c], cos=z['cos'][i, c], cov=z['cov'][i, c], cost=z['cost'][i, c], gold=set(sum(q['gold'], [])), dup=z['bb']))
    return rows
def feats(rows, w, model=True):
    X, y, ans = [], [], []
    for r in rows:
        t = w * r['l'] + r['s'] * 10; o = np.argsort(-t); a, b = o[0], o[1]
        docs = [D_of(r, j) for j in o]
        oth = next((j for j in o if D_of(r, j) != D_of(r, a)), o[-1])
        f = [r['s'][a], r['cos'][a], r['cov'][a], r['cost'][a], r['s'][a] - r['s'][b], r['s'].max()]
        if model: f += [r['l'][a], r['l'][a] - r['l'][b], np.sort(r['l'])[-2], t[a] - t[oth]]
        X.append(f); y.append(r['c'][a] in r['gold']); ans.append(bool(r['gold']))
    return np.array(X), np.array(y), np.array(ans)
def D_of(r, j): return int(r['c'][j]) if False else DOC[r['q']['id']][int(r['c'][j])]
DOC = {}
def docs(firm):
    b = [x['doc'] for x in D[firm]['blocks']]
    for q in D[firm]['questions']: DOC[q['id']] = b
def sent(p, y, ans, caps=(.01, .02, .03, .05, .08)):
    o = np.argsort(-p); w = np.cumsum(~y[o]); n = np.arange(1, len(o) + 1); right = np.cumsum(y[o]); out = []
    for c in caps:
        k = np.where(w / n <= c)[0]; out.append(0 if len(k) == 0 else (np.cumsum(ans[o])[k[-1]]) / ans.sum())
    return np.array(out)
def clf(): return make_pipeline(StandardScaler(), LogisticRegression(C=.3, max_iter=500))
def cv(X, y, groups):
    p = np.zeros(len(y))
    for tr, te in GroupKFold(5).split(X, y, groups): c = clf().fit(X[tr], y[tr]); p[te] = c.decision_function(X[te])
    return p
def report(name, rows, firm):
    docs(firm); g = [r['q']['doc'] or r['q']['id'] for r in rows]
    for nm, w, mod in [('untrained', 0, False), ('model', 1e6, True), ('mix .5', .5, True), ('mix 1', 1, True), ('mix 2', 2, True)] if rows[0]['l'].any() else [('untrained', 0, False)]:
        X, y, ans = feats(rows, w, mod); raw = X[:, 6] if mod else X[:, 0]; p = cv(X, y, g)
        print(f'{name:14} {nm:10} n {len(y)} first right {y[ans].mean():.3f}  AUROC raw {roc_auc_score(y, raw):.3f} fit {roc_auc_score(y, p):.3f}  sent@1/2/3/5/8/15/20% {" ".join("%.2f" % v for v in sent(p, y, ans, (.01,.02,.03,.05,.08,.15,.2)))}')
if __name__ == '__main__':
    for a in sys.argv[1:]:
        firm, path = a.split(':'); rows = load(firm, path)
        for s in ('ev', 'q', 'xq'):
            r = [x for x in rows if x['q']['src'] == s]
            if r: report(f'{firm}/{s}', r, firm)
