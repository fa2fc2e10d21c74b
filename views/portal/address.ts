/** Addresses of the portal. */
export const href = {
  home: '/',
  fresh: '/?new=1',
  conversation: (id: string): string => `/?c=${encodeURIComponent(id)}`,
  events: (conversation: string): string => `/events?conversation=${encodeURIComponent(conversation)}`,
  message: (id: string): string => `/#message-${id}`,
  feedback: (message: string): string => `/messages/${encodeURIComponent(message)}/feedback`,
  report: (message: string): string => `/messages/${encodeURIComponent(message)}/report`,
  cancel: (turn: string): string => `/turns/${encodeURIComponent(turn)}/cancel`,
  person: (conversation: string | null): string => (conversation ? `/person?conversation=${encodeURIComponent(conversation)}` : '/person'),
} as const
