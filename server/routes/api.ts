/** The API for programs, version 1. What each takes and gives: api-schemas.ts. */
import { createConversation, listMessages } from './api-conversations.ts'
import { groundRoute, type Ground } from './api-ground.ts'
import { postMessage } from './api-messages.ts'
import { openapi } from './api-openapi.ts'
import type { Route } from './route.ts'

export function apiRoutes(ground: Ground): Route[] {
  return [
    { method: 'post', path: '/api/v1/conversations', access: 'key', handle: createConversation },
    { method: 'post', path: '/api/v1/conversations/:id/messages', access: 'key', handle: postMessage },
    { method: 'get', path: '/api/v1/conversations/:id/messages', access: 'key', handle: listMessages },
    groundRoute(ground),
    { method: 'get', path: '/openapi.json', access: 'anyone', handle: ({ res }) => res.json(openapi()) },
  ]
}
