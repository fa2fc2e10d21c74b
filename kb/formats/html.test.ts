import { expect, test } from 'vitest'
import { htmlToMarkdown, html } from './html.ts'

test('headings, lists, tables and links become Markdown', () => {
  const source = `<h1>Fees</h1><p>A transfer is <b>free</b>, see <a href="x.html">here</a>.</p>
    <ul><li>one</li><li>two</li></ul>
    <table><thead><tr><th>Where</th><th>Fee</th></tr></thead><tbody><tr><td>Branch</td><td>£12</td></tr></tbody></table>`
  expect(htmlToMarkdown(source)).toBe(
    '# Fees\n\nA transfer is **free**, see [here](x.html).\n\n- one\n- two\n\n| Where  | Fee |\n| ------ | --- |\n| Branch | £12 |',
  )
})

test('what readers do not see, and what is no article, is left out', () => {
  const source = `<body><nav>Home</nav><script>x()</script><p>Read me.</p><p hidden>a</p><p style="display: none">b</p>
    <div aria-hidden="true">c</div><!-- d --><form>e</form><footer>f</footer></body>`
  expect(htmlToMarkdown(source)).toBe('Read me.')
  expect(htmlToMarkdown('<body><p>Around.</p><main><p>The article.</p></main></body>')).toBe('The article.')
})

test('the first row of a table without header cells names the columns only when it clearly does', () => {
  const table = (...rows: string[][]): string =>
    htmlToMarkdown(`<table>${rows.map((row) => `<tr>${row.map((cell) => `<td>${cell}</td>`).join('')}</tr>`).join('')}</table>`)
  expect(table(['Where', 'Fee'], ['App', 'Free'], ['Branch', '£12'])).toMatch(/^\| Where +\| Fee +\|\n\| -/)
  expect(table(['Branch', '£12'], ['App', '£6'])).toMatch(/^\| +\| +\|\n/)
  expect(table(['Colour', 'red'], ['Size', 'large'])).toMatch(/^\| +\| +\|\n/)
})

test('words that look like marks stay words', () => {
  expect(htmlToMarkdown('<p># 5 * 3 _is_ 15</p><p>1. May</p>')).toContain('\\# 5')
})

test('title and meta come from the head, the encoding too', async () => {
  const source =
    '<html><head><meta charset="iso-8859-1"><title>Caf\u00E9</title><meta name="tier" content="premier"></head><body><p>Th\u00E9</p></body></html>'
  const { documents } = await html.read(Buffer.from(source, 'latin1'))
  expect(documents).toEqual([{ text: 'Thé', meta: { title: 'Café', tier: 'premier' } }])
})
