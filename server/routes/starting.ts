import type { IncomingMessage, ServerResponse } from 'node:http'

/** What everybody is told until all is loaded; programs in the words of the API (RFC 9457). Loads nothing, since nothing may be loaded yet. */
export function notYet({ url = '' }: Pick<IncomingMessage, 'url'>, res: ServerResponse): void {
  const detail = 'Vouch is starting. Please try again in a few seconds.'
  const program = url.startsWith('/api/')
  const problem = { type: 'urn:vouch:problem:starting', title: 'Not available at the moment', status: 503, detail }
  res.writeHead(503, { 'Retry-After': '5', 'Content-Type': program ? 'application/problem+json' : 'text/plain' })
  res.end(program ? JSON.stringify(problem) : `${detail}\n`)
}
