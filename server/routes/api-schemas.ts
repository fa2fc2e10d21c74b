/** What the API takes and gives. Requests are validated with these, and `/openapi.json` is made from them. */
import { z } from 'zod'
import { VERDICTS } from '../types.ts'

export const LIMITS_OF_TEXT = { question: 4000, claim: 4000, premise: 20_000, pairs: 256 }

export const ConversationRequest = z.object({
  email: z.email().max(320).optional().meta({
    description: 'Where this customer is told by mail too when something said has to be put right. Kept encrypted, and for that alone.',
  }),
  customer: z.string().trim().min(1).max(200).optional().meta({
    description: 'Your own pseudonym for who asks. The same one again means the same customer; left out, it is somebody new.',
  }),
})

export const ConversationCreated = z.object({ id: z.string() })

export const MessageRequest = z.object({ text: z.string().trim().min(1, 'must not be empty').max(LIMITS_OF_TEXT.question) })

export const CitationJson = z.object({
  article: z.string(),
  revision: z.string().meta({ description: 'SHA-256 of the immutable version that is cited' }),
  title: z.string(),
  start: z.int().meta({ description: "First UTF-16 code unit of the quote in the revision's text" }),
  end: z.int(),
  quote: z.string().meta({ description: 'Exactly the words of the article' }),
})

export const AnswerJson = z.object({
  id: z.string().meta({ description: 'Of this message' }),
  verdict: z.enum(VERDICTS).nullable().meta({ description: 'null: written by a person' }),
  text: z.string().meta({ description: 'What the customer is told' }),
  confidence: z.number().min(0).max(1).nullable(),
  citations: z.array(CitationJson),
  turn: z.string().nullable().meta({ description: 'The turn, for looking it up in the record' }),
})

export const MessageJson = z.object({
  id: z.string(),
  seq: z.int().min(1),
  author: z.enum(['customer', 'vouch', 'staff']),
  kind: z.enum(['question', 'answer', 'notice']),
  turn: z.string().nullable(),
  text: z.string(),
  verdict: z.enum(VERDICTS).nullable(),
  citations: z.array(CitationJson),
  at: z.iso.datetime(),
  corrects: z.array(z.string()).meta({ description: 'For a correction: ids of the messages that it puts right' }),
  corrected_by: z.string().nullable().meta({ description: 'Id of the message that puts this one right; null: none does' }),
})

export const MessagesQuery = z.object({
  after: z.coerce.number().int().min(0).default(0).meta({ description: 'Only messages after this `seq`' }),
})

export const MessagesJson = z.object({
  state: z
    .enum(['machine', 'waiting', 'person', 'closed'])
    .meta({ description: 'Who answers: Vouch, a person who is on the way, a person, nobody' }),
  messages: z.array(MessageJson),
})

export const PairJson = z.object({
  claim: z.string().min(1).max(LIMITS_OF_TEXT.claim),
  premise: z.string().min(1).max(LIMITS_OF_TEXT.premise),
})

export const PairsJson = z.object({ pairs: z.array(PairJson).min(1).max(LIMITS_OF_TEXT.pairs) })

export const GroundRequest = z.union([PairJson, PairsJson])

export const FindingJson = z.object({
  check: z.string(),
  claim: z.int().nullable(),
  result: z.enum(['passed', 'doubtful', 'failed']),
  why: z.string(),
  signals: z.record(z.string(), z.number()).optional(),
  broken: z.boolean().optional(),
  advisory: z.boolean().optional(),
})

export const ScoreJson = z.object({ score: z.number().min(0).max(1), supported: z.boolean(), findings: z.array(FindingJson) })

export const ScoresJson = z.object({ results: z.array(ScoreJson) })

export const GroundJson = z.union([ScoreJson, ScoresJson])

export const ProblemJson = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    errors: z.array(z.object({ field: z.string(), message: z.string() })).optional(),
  })
  .meta({ description: 'RFC 9457' })
