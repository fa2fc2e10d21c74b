"""Pair model -> ONNX, weights int8 (dynamic, per channel); checks against torch and prints size and time."""
import torch, sys, os, json, time, argparse, numpy as np
import model as M
from model import *; from pairs import *
ap = argparse.ArgumentParser()
for a, t, d in [('kind', str, 'relevance'), ('run', str, ''), ('out', str, ''), ('joint', int, 3)]: ap.add_argument('--' + a, type=t, default=d)
A = ap.parse_args(); torch.set_num_threads(1); os.makedirs(A.out, exist_ok=True); Layer.sdpa = False
m = (Pair if A.kind == 'relevance' else Entail).from_base(joint=A.joint); m.load_state_dict(torch.load(A.run + '/last.pt')); m.eval()
class W(torch.nn.Module):
    def __init__(s): super().__init__(); s.m = m
    def forward(s, input_ids, position_ids, token_type_ids): return s.m(input_ids, position_ids, token_type_ids)
ex = json.load(open('examples_%s.json' % A.kind))
E = [encode(*e['input'], *( (48, 112, 64) if A.kind == 'relevance' else (80, 176, 1))) for e in ex]; x = batch(E); names = ['input_ids', 'position_ids', 'token_type_ids']
torch.onnx.export(W().eval(), x, A.out + '/fp32.onnx', input_names=names, output_names=['logit'], dynamic_axes={**{n: {0: 'b', 1: 's'} for n in names}, 'logit': {0: 'b'}}, opset_version=17, dynamo=False)
from quant import weights_int8; import onnxruntime as ort
weights_int8(A.out + '/fp32.onnx', A.out + '/model_quantized.onnx')
with torch.no_grad(): ref = m(*x).numpy(); alone = np.array([m(*batch([e])).item() for e in E])
so = ort.SessionOptions(); so.intra_op_num_threads = 1
for f in ('fp32', 'model_quantized'):
    s = ort.InferenceSession(A.out + f'/{f}.onnx', so); run = lambda z: s.run(None, dict(zip(names, [t.numpy() for t in z])))[0]
    y = np.array([run(batch([e]))[0] for e in E]); yb = run(x); t0 = time.perf_counter(); big = batch((E * 40)[:16])
    for _ in range(5): run(big)
    dt = (time.perf_counter() - t0) / 5
    print(f, '%.1f MB' % (os.path.getsize(A.out + f'/{f}.onnx') / 1e6), 'torch', ref.round(3), 'batch', yb.round(3), 'alone', y.round(3), 'max diff to torch alone %.4f batch %.4f' % (abs(y - alone).max(), abs(yb - ref).max()), '%.0f tok/s' % (big[0].numel() / dt))
for e, (a, b, c), v, vq in zip(ex, E, alone, y): e.update(input_ids=a, position_ids=b, token_type_ids=c, logit_fp32=round(float(v), 4), logit_int8=round(float(vq), 4))
json.dump(ex, open(A.out + '/examples.json', 'w'), indent=1, ensure_ascii=False)
