import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sseFrame } from './sse.ts'

/** Reads frames as the standard says a browser does. */
function read(stream: string): { event: string; data: string }[] {
  const events: { event: string; data: string }[] = []
  let event = ''
  let data: string[] = []
  for (const line of stream.split(/\r\n|\r|\n/)) {
    if (line === '') {
      if (data.length > 0) events.push({ event, data: data.join('\n') })
      event = ''
      data = []
    } else if (line.startsWith('event:')) event = line.slice(6).replace(/^ /, '')
    else if (line.startsWith('data:')) data.push(line.slice(5).replace(/^ /, ''))
  }
  return events
}

test('whatever a customer writes arrives as the data of one event, with its line breaks', () => {
  const nasty = fc.string({ unit: fc.constantFrom('a', ' ', ':', '\n', '\r', 'event: message', 'data: x', '\n\n') })
  fc.assert(
    fc.property(nasty, (text) => {
      expect(read(sseFrame('message', text))).toEqual([{ event: 'message', data: text.replaceAll(/\r\n|\r/g, '\n') }])
    }),
  )
})

test('what is swapped into the page has no name', () => {
  const parts = fc.string({ unit: fc.constantFrom('<li>', '\n', 'event: x', ' ', ':') })
  fc.assert(
    fc.property(parts, (html) => {
      expect(read(sseFrame(null, html))).toEqual([{ event: '', data: html }])
    }),
  )
})

test('an event name cannot carry a second event', () => {
  expect(() => sseFrame('stage\ndata: forged', 'x')).toThrow('no line breaks')
})
