/** For tests: revisions that are kept nowhere. */
import type { Revision, RevisionStore } from './types.ts'

export interface MemoryStore extends RevisionStore {
  /** How often `apply` was called. */
  changes: number
}

export function memoryStore(): MemoryStore {
  const all = new Map<string, Revision>()
  const inForce = new Map<string, Revision>()
  const newest = new Map<string, Revision>()
  const drafts = new Map<string, Revision>()
  return {
    changes: 0,
    get: (id) => all.get(id) ?? null,
    inForce: () => [...inForce.values()].toSorted((a, b) => (a.article < b.article ? -1 : 1)),
    newest: (article) => newest.get(article) ?? null,
    stamp: () => [...inForce.values()].map((revision) => revision.id).join(),
    drafts: () => [...drafts.values()],
    apply({ put: revisions, retire, draft = [], discard = [] }) {
      this.changes += 1
      for (const revision of draft) {
        all.set(revision.id, revision)
        drafts.set(revision.article, revision)
      }
      for (const article of discard) drafts.delete(article)
      for (const revision of revisions) {
        all.set(revision.id, revision)
        inForce.set(revision.article, revision)
        newest.set(revision.article, revision)
        if (drafts.get(revision.article)?.id === revision.id) drafts.delete(revision.article)
      }
      for (const article of retire) inForce.delete(article)
    },
  }
}
