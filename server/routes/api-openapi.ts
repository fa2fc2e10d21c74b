/** The API's description, made from the schemas that validate it (OpenAPI 3.1, whose schemas are JSON Schema 2020-12). */
import { z } from 'zod'
import {
  AnswerJson,
  ConversationCreated,
  ConversationRequest,
  GroundJson,
  GroundRequest,
  MessageRequest,
  MessagesJson,
  MessagesQuery,
  ProblemJson,
} from './api-schemas.ts'

interface Operation {
  method: 'get' | 'post'
  path: string
  summary: string
  request?: z.ZodType
  query?: z.ZodType
  headers?: Record<string, string>
  status: number
  response: z.ZodType
  stream?: string
  problems: number[]
}

export const OPERATIONS: Operation[] = [
  {
    method: 'post',
    path: '/api/v1/conversations',
    summary: 'Begin a conversation',
    request: ConversationRequest,
    status: 201,
    response: ConversationCreated,
    problems: [401, 422, 429, 503],
  },
  {
    method: 'post',
    path: '/api/v1/conversations/{id}/messages',
    summary: 'Ask, and wait for what the customer is told',
    request: MessageRequest,
    headers: {
      'Idempotency-Key':
        'Makes a repeated request safe: the same key with the same body gives the same answer, also after a restart; with another body 409.',
    },
    status: 200,
    response: AnswerJson,
    stream: 'Events `stage` ({"stage": "reading" | "searching" | "writing" | "checking"}), then one `message` (an Answer) or one `error` (a Problem).',
    problems: [400, 401, 404, 409, 422, 429, 503],
  },
  {
    method: 'get',
    path: '/api/v1/conversations/{id}/messages',
    summary: 'Read the conversation; answers that were held first arrive here',
    query: MessagesQuery,
    status: 200,
    response: MessagesJson,
    problems: [401, 404, 422, 429],
  },
  {
    method: 'post',
    path: '/api/v1/ground',
    summary: 'How well does a premise support a claim? One pair, or many.',
    request: GroundRequest,
    status: 200,
    response: GroundJson,
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
    components: { securitySchemes: { key: { type: 'http', scheme: 'bearer' } } },
  }
}

function describe({ path, summary, request, query, headers = {}, status, response, stream, problems }: Operation): Record<string, unknown> {
  const problem = { 'application/problem+json': { schema: jsonSchema(ProblemJson) } }
  const events = stream === undefined ? {} : { 'text/event-stream': { schema: { type: 'string', description: stream } } }
  return {
    summary,
    parameters: [
      ...(path.includes('{id}') ? [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }] : []),
      ...(query ? queryParameters(query) : []),
      ...Object.entries(headers).map(([name, description]) => ({ name, in: 'header', description, schema: { type: 'string', maxLength: 255 } })),
    ],
    ...(request ? { requestBody: { required: true, content: { 'application/json': { schema: jsonSchema(request) } } } } : {}),
    responses: {
      [status]: { description: 'As asked', content: { 'application/json': { schema: jsonSchema(response) }, ...events } },
      ...Object.fromEntries(problems.map((code) => [code, { description: 'RFC 9457', content: problem }])),
    },
  }
}

function queryParameters(query: z.ZodType): unknown[] {
  const { properties = {} } = jsonSchema(query) as { properties?: Record<string, unknown> }
  return Object.entries(properties).map(([name, schema]) => ({ name, in: 'query', schema }))
}

/** As a caller sends or gets it: what has a default may be left out. */
function jsonSchema(schema: z.ZodType): unknown {
  const { $schema: _, ...plain } = z.toJSONSchema(schema, { io: 'input', reused: 'inline' })
  return plain
}
