/** Half-open range of UTF-16 code units in a revision's text. */
export interface Span {
  start: number
  end: number
}

/** What a document says about itself, from its front matter or from `articles.csv` / `articles.json` beside it. */
export interface ArticleMeta {
  title: string
  topic: string | null
  owner: string | null
  /** ISO date by which somebody has to look at it again. */
  review: string | null
  /** `all`, or the one tier of customers that may see it. */
  tier: string
}

/** One immutable version of an article. `text` is Markdown, whatever the format it came in; for Markdown files it is the file's own text after the front matter. */
export interface Revision extends ArticleMeta {
  /** SHA-256 (hex) of the canonical JSON of article, meta and text. */
  id: string
  article: string
  text: string
  format: string
}

/** The stretch of a revision that is indexed and cited: 60 to 180 tokens, cut at headings, lists and tables. */
export interface Passage extends Span {
  /** `${revision}:${start}-${end}` */
  id: string
  revision: string
  article: string
  title: string
  topic: string | null
  tier: string
  /** Headings above it, outermost first. */
  headings: string[]
  /** `text.slice(start, end)` of the revision. */
  text: string
}

export type BlockKind = 'sentence' | 'item' | 'row'

/** The unit of evidence: a sentence, a list item with its lead-in, a table row with its header. `start`/`end` cut its own words out of the revision. */
export interface Block extends Span {
  kind: BlockKind
  revision: string
  article: string
  title: string
  headings: string[]
  /** Its own words as plain reading text (Markdown marks gone). A row reads `Header: cell; Header: cell`. */
  text: string
  /** For an item, the sentence that introduces the list; for a row, the sentence before the table, if any. */
  leadIn: Span | null
  /** For a row: the header's cells and the row's cells, plain text. */
  header: string[] | null
  cells: string[] | null
  /** The paragraph, list or table that it stands in. */
  around: Span
}

/** One passage that a question found, best first. Scores say why: cosine 0..1, BM25 >= 0, fused rank score. */
export interface Hit {
  passage: Passage
  score: number
  cosine: number | null
  bm25: number | null
}

export interface SearchRequest {
  question: string
  /** Tier of the customer: finds articles of tier `all` and of this tier, nothing else. */
  tier: string
  limit: number
}

/** What the pipeline and the console may ask of the knowledge base. */
export interface KnowledgeBase {
  search(request: SearchRequest): Promise<Hit[]>
  /** The revision, also one that is no longer in force; null if there never was one. */
  revision(id: string): Revision | null
  /** The revision of an article that is in force now; null when none is. */
  inForce(article: string): Revision | null
  /** Blocks of a revision with their unit vectors (of title + lead-in or header + text). Cached. */
  blocks(revision: string): Promise<{ block: Block; vector: Float32Array }[]>
  /** Inverse document frequency of a stemmed word over the blocks in force: ln(1 + (N - n + 0.5) / (n + 0.5)). */
  idf(term: string): number
  /** SHA-256 over the ids of all revisions in force, sorted: which knowledge an answer was made from. */
  snapshot(): string
}

/** A document as read, before it is a revision. */
export interface ParsedDocument extends ArticleMeta {
  article: string
  /** It says of itself that it is not to be answered from yet. */
  draft: boolean
  text: string
  format: string
}

/** A document that could not be taken in: which and why, and what to do about it, in words for an editor. */
export interface IngestFailure {
  file: string
  kind: 'unreadable' | 'unsupported' | 'empty' | 'too-large' | 'timeout' | 'encrypted' | 'malformed' | 'bad-metadata' | 'duplicate-id'
  reason: string
}

export interface IngestReport {
  added: string[]
  changed: string[]
  /** Kept as drafts: nothing is answered from them until somebody puts them in force. */
  drafted: string[]
  retired: string[]
  unchanged: string[]
  failed: IngestFailure[]
}

/** What the knowledge base needs stored; `context.ts` hands it the store. */
export interface RevisionStore {
  get(revision: string): Revision | null
  /** All revisions in force now, ordered by article. */
  inForce(): Revision[]
  /** The newest revision of an article that was ever in force; null: none was. */
  newest(article: string): Revision | null
  /** Differs whenever another set of revisions is in force, whoever changed it; asked at each search, so it has to be cheap. */
  stamp?(): string
  /** Revisions that wait to be put in force, one an article at most, ordered by article. */
  drafts(): Revision[]
  /**
   * Takes in new revisions, which replace the ones in force of the same article, and retires articles; keeps drafts, which replace the
   * earlier draft of the same article and touch nothing in force, and throws drafts away: one transaction, one log entry each.
   */
  apply(change: { put: Revision[]; retire: string[]; draft?: Revision[]; discard?: string[] }, actor: string): void
}
