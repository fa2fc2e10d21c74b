"""Weight-only int8: every big weight stored as int8 per output channel with its scale; the runtime folds it back to fp32 when it loads. Exact the same in any batch."""
import onnx, numpy as np, sys
from onnx import numpy_helper as nh, helper as h, TensorProto as T
def weights_int8(src, dst, skip=()):
    g = onnx.load(src); G = g.graph; init = {i.name: i for i in G.initializer}; use = {}
    for n in G.node:
        for k, i in enumerate(n.input): use.setdefault(i, []).append((n, k))
    new = []
    for name, i in list(init.items()):
        a = nh.to_array(i)
        if a.dtype != np.float32 or a.ndim != 2 or a.size < 20000: continue
        ops = {n.op_type for n, _ in use.get(name, [])}
        if not ops <= {'MatMul', 'Gemm', 'Gather', 'Slice'}: print('left', name, ops); continue
        n0, k0 = use[name][0]; axis = 0 if 'Gather' in ops or 'Slice' in ops else 1
        if n0.op_type == 'Gemm' and any(x.name == 'transB' and x.i for x in n0.attribute): axis = 0
        s = np.maximum(abs(a).max(1 - axis, keepdims=True) / 127, 1e-9).astype(np.float32); q = np.clip(np.rint(a / s), -127, 127).astype(np.int8)
        G.initializer.remove(i); G.initializer.extend([nh.from_array(q, name + '_q'), nh.from_array(s, name + '_s')])
        t = name.replace('::', '_'); new += [h.make_node('Cast', [name + '_q'], [name + '_f'], name='cast_' + t, to=T.FLOAT), h.make_node('Mul', [name + '_f', name + '_s'], [name], name='scale_' + t)]
    for n in reversed(new): G.node.insert(0, n)
    onnx.checker.check_model(g); onnx.save(g, dst)
if __name__ == '__main__': weights_int8(sys.argv[1], sys.argv[2])
