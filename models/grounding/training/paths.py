"""Where things lie: DATA (folder with desk/, grounding/, retrieval/) and BASE (all-minilm-l6-v2 fp32: model.safetensors, tokenizer.json); runs and caches go below the working folder."""
import os
DATA = os.environ.get("DATA", "shared/data"); BASE = os.environ.get("BASE", "base")
for d in ("data", "runs", "out"): os.makedirs(d, exist_ok=True)
