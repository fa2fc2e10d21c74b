/** What the confidence is made of, in words for somebody who checks the record. The names are those of `server/pipeline/select.ts`, `write.ts`, `score.ts`. */
import { nameWords } from './words.ts'

const SIGNALS: Record<string, string> = {
  words: 'The best sentence is like the question, in words and meaning',
  cosine: 'The best sentence is near the question in meaning',
  relevance: 'The best sentence answers the question',
  relevanceMargin: 'It does so better than the next sentence',
  articleMargin: 'It fits better than any other article',
  around: 'Words of the question around it',
  bm25: 'Words of the question in its passage',
  bm25Margin: 'Its passage has more of them than any other article',
  kindFound: 'The kind of thing asked for is there',
  questionWords: 'Length of the question',
  quoted: 'How sure the quotation is',
  notAtFirst: 'The model leaned to “not in the documents”',
  minLogprob: 'The word that the model was least sure of',
  claimCoverage: 'Words of the weakest sentence in the articles',
  claimBigram: 'Pairs of words of the weakest sentence in the articles',
  together: 'One place joins question and answer',
  opinion: 'Second opinion on the weakest sentence',
  entailment: 'The articles imply the weakest sentence',
  failed: 'Checks that failed',
  doubtful: 'Checks that were not certain',
}

export const signalWords = (name: string): string => SIGNALS[name] ?? nameWords(name)
