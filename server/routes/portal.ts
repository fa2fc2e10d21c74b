/** Everything that a customer can reach, and nothing that belongs to another customer. */
import { watchConversation } from './portal-events.tsx'
import { cancelTurn, postMessage, rateMessage } from './portal-messages.tsx'
import { noteOpened, showPortal, showSource } from './portal-pages.tsx'
import { askForPerson, showPerson } from './portal-person.tsx'
import { makeReport, showReport } from './portal-report.tsx'
import type { Route } from './route.ts'

export const portalRoutes: Route[] = [
  { method: 'get', path: '/', access: 'customer', handle: showPortal },
  { method: 'post', path: '/messages', access: 'customer', handle: postMessage },
  { method: 'get', path: '/events', access: 'customer', handle: watchConversation },
  { method: 'post', path: '/turns/:id/cancel', access: 'customer', handle: cancelTurn },
  { method: 'get', path: '/sources/:message/:index', access: 'customer', handle: showSource },
  { method: 'post', path: '/messages/:id/feedback', access: 'customer', handle: rateMessage },
  { method: 'post', path: '/messages/:id/opened', access: 'customer', handle: noteOpened },
  { method: 'get', path: '/messages/:id/report', access: 'customer', handle: showReport },
  { method: 'post', path: '/messages/:id/report', access: 'customer', handle: makeReport },
  { method: 'get', path: '/person', access: 'customer', handle: showPerson },
  { method: 'post', path: '/person', access: 'customer', handle: askForPerson },
]
