/** Files that were uploaded since the start: a house keeps how they went in memory alone, so they are uploaded anew each time. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const SINGLE = 20
const ROWS = 2000

/** The pages that the uploads lead to. */
export async function uploadFiles(url: string, cookie: string, documents: string, questions: string[]): Promise<string[]> {
  const names = readdirSync(documents).filter((name) => name.endsWith('.md'))
  const article = (name: string): [string, string] => [name, readFileSync(join(documents, name), 'utf8')]
  const pages: string[] = []
  for (const name of names.slice(0, SINGLE)) pages.push(await send(url, '/console/knowledge/upload', cookie, 'files', [article(name)]))
  pages.push(await send(url, '/console/knowledge/upload', cookie, 'files', names.map(article)))
  const rows = Array.from({ length: ROWS }, (_, i) => `"${questions[i % questions.length]?.replaceAll('"', '""')} (${i})"`)
  pages.push(await send(url, '/console/judging/upload', cookie, 'file', [['past.csv', `question\n${rows.join('\n')}\n`]]))
  return pages
}

async function send(url: string, path: string, cookie: string, field: string, files: [string, string][]): Promise<string> {
  const body = new FormData()
  if (field === 'files') body.append('draft', 'yes')
  for (const [name, text] of files) body.append(field, new Blob([text]), name)
  const answer = await fetch(url + path, { method: 'POST', redirect: 'manual', headers: { cookie, 'Sec-Fetch-Site': 'same-origin' }, body })
  const page = answer.headers.get('location')
  if (answer.status !== 303 || !page)
    throw new Error(`An upload to ${path} failed (${answer.status}): ${(await answer.text()).slice(0, 200)}`)
  return page
}
