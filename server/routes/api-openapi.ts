/** The API's description, made from the schemas that validate it (OpenAPI 3.1, whose schemas are JSON Schema 2020-12). */
import { z } from 'zod'
import {
  AnswerJson,
  CitationJson,
  ConversationCreated,
  ConversationRequest,
  FindingJson,
  GroundJson,
  GroundRequest,
  MessageJson,
  MessageRequest,
  MessagesJson,
  MessagesQuery,
  PairJson,
  PairsJson,
  ProblemJson,
  ScoreJson,
  ScoresJson,
} from './api-schemas.ts'

/** By the names that they have in the description. */
const SCHEMAS = {
  Answer: AnswerJson,
  Citation: CitationJson,
  Conversation: ConversationCreated,
  ConversationRequest,
  Finding: FindingJson,
  GroundRequest,
  GroundResult: GroundJson,
  Message: MessageJson,
  MessageRequest,
  Messages: MessagesJson,
  Pair: PairJson,
  Pairs: PairsJson,
  Problem: ProblemJson,
  Score: ScoreJson,
  Scores: ScoresJson,
}
type Named = keyof typeof SCHEMAS

interface Operation {
  method: 'get' | 'post'
  path: string
  summary: string
  request?: Named
  query?: z.ZodType
  headers?: Record<string, string>
  status: number
  response: Named
  stream?: string
  problems: number[]
}

export const OPERATIONS: Operation[] = [
  {
    method: 'post',
    path: '/api/v1/conversations',
    summary: 'Begin a conversation',
    request: 'ConversationRequest',
    status: 201,
    response: 'Conversation',
    problems: [401, 422, 429, 503],
  },
  {
    method: 'post',
    path: '/api/v1/conversations/{id}/messages',
    summary: 'Ask, and wait for what the customer is told',
    request: 'MessageRequest',
    headers: {
      'Idempotency-Key':
        'Makes a repeated request safe: the same key with the same body gives the same answer, also after a restart; with another body 409.',
    },
    status: 200,
    response: 'Answer',
    stream:
      'Events `stage` ({"stage": "reading" | "searching" | "writing" | "checking"}), then one `message` (an Answer) or one `error` (a Problem).',
    problems: [400, 401, 404, 409, 422, 429, 503],
  },
  {
    method: 'get',
    path: '/api/v1/conversations/{id}/messages',
    summary: 'Read the conversation; answers that were held first arrive here',
    query: MessagesQuery,
    status: 200,
    response: 'Messages',
    problems: [401, 404, 422, 429],
  },
  {
    method: 'post',
    path: '/api/v1/ground',
    summary: 'How well does a premise support a claim? One pair, or many.',
    request: 'GroundRequest',
    status: 200,
    response: 'GroundResult',
    problems: [401, 422, 429, 503],
  },
]

export function openapi(): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const operation of OPERATIONS) (paths[operation.path] ??= {})[operation.method] = describe(operation)
  return {
    openapi: '3.1.0',
    info: { title: 'Vouch', version: '1', license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    security: [{ key: [] }],
    paths,
    components: { schemas: components(), securitySchemes: { key: { type: 'http', scheme: 'bearer' } } },
  }
}

function describe({ path, summary, request, query, headers = {}, status, response, stream, problems }: Operation): Record<string, unknown> {
  const problem = { 'application/problem+json': { schema: ref('Problem') } }
  const events = stream === undefined ? {} : { 'text/event-stream': { schema: { type: 'string', description: stream } } }
  return {
    summary,
    parameters: [
      ...(path.includes('{id}') ? [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }] : []),
      ...(query ? queryParameters(query) : []),
      ...Object.entries(headers).map(([name, description]) => ({
        name,
        in: 'header',
        description,
        schema: { type: 'string', maxLength: 255 },
      })),
    ],
    ...(request ? { requestBody: { required: true, content: { 'application/json': { schema: ref(request) } } } } : {}),
    responses: {
      [status]: { description: 'As asked', content: { 'application/json': { schema: ref(response) }, ...events } },
      ...Object.fromEntries(problems.map((code) => [code, { description: 'RFC 9457', content: problem }])),
    },
  }
}

function queryParameters(query: z.ZodType): unknown[] {
  const { properties = {} } = z.toJSONSchema(query, { io: 'input' })
  return Object.entries(properties).map(([name, schema]) => ({ name, in: 'query', schema }))
}

function ref(name: Named): { $ref: string } {
  return { $ref: PREFIX + name }
}

const PREFIX = '#/components/schemas/'

/** As a caller sends and gets them: what has a default may be left out. */
function components(): Record<string, unknown> {
  const registry = z.registry<{ id: string }>()
  for (const [id, schema] of Object.entries(SCHEMAS)) registry.add(schema, { id })
  const { schemas } = z.toJSONSchema(registry, { io: 'input', uri: (id) => PREFIX + id })
  return Object.fromEntries(Object.entries(schemas).map(([name, { $schema: _, $id: __, ...schema }]) => [name, schema]))
}
