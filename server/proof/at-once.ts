import type { Cell } from '../store/certificate-types.ts'
import type { LabelFilter, LabelStore } from '../store/label-types.ts'
import type { Form } from '../types.ts'
import type { ProofParts } from './cells.ts'

/** The same parts, to ask about many cells at one moment: what is the same for all of them is read once. Nothing may be changed meanwhile. */
export function atOnce(given: ProofParts): ProofParts {
  const parts = labelsAtOnce(given)
  const { thresholds, certificates, rounds } = parts.store
  return {
    ...parts,
    store: {
      ...parts.store,
      thresholds: { ...thresholds, all: once(() => thresholds.all()) },
      certificates: {
        ...certificates,
        attempts: once((cell?: Cell) => certificates.attempts(cell)),
        suspensions: once(() => certificates.suspensions()),
        places: once(() => certificates.places()),
      },
      rounds: { ...rounds, newest: once((form: Form) => rounds.newest(form)) },
    },
  }
}

/** Labels, what was scored and what answers now are read once; plans and certificates may change meanwhile. */
export function labelsAtOnce(parts: ProofParts): ProofParts {
  const { labels } = parts.store
  return {
    ...parts,
    fingerprint: once(() => parts.fingerprint()),
    store: {
      ...parts.store,
      labels: {
        ...labels,
        scored: once((of: Parameters<LabelStore['scored']>[0]) => labels.scored(of)),
        list: once((of: LabelFilter) => labels.list(of)),
      },
    },
  }
}

function once<A extends unknown[], R>(read: (...args: A) => R): (...args: A) => R {
  const known = new Map<string, R>()
  return (...args) => {
    const key = JSON.stringify(args)
    if (!known.has(key)) known.set(key, read(...args))
    return known.get(key) as R
  }
}
