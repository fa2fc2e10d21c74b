// The composer: Enter sends, what is typed survives, and it is emptied only when the house has taken it. Scrolling to what is new.

const form = document.getElementById('composer')
const box = document.getElementById('text')

if (form && box) {
  const limit = Number(form.dataset.limit)
  const draft = `draft:${location.pathname}`
  const count = document.getElementById('count')
  let sent = ''

  if (box.value === '') box.value = sessionStorage.getItem(draft) ?? ''
  typed()
  box.addEventListener('input', typed)

  box.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
    event.preventDefault()
    if (box.value.trim() !== '' && !form.classList.contains('htmx-request')) form.requestSubmit()
  })

  function typed() {
    sessionStorage.setItem(draft, box.value)
    const left = limit - box.value.trim().length
    const words = left < 0 ? count.dataset.over : left <= limit / 10 ? count.dataset.left : ''
    count.textContent = words.replace('{count}', Math.abs(left))
    count.classList.toggle('composer-over', left < 0)
  }

  form.addEventListener('htmx:before:request', (event) => {
    if (event.target !== form) return
    const example = event.detail.ctx.request.submitter?.name === 'example'
    sent = example ? '' : box.value
  })

  // Only what was sent goes; what was typed on meanwhile stays.
  document.addEventListener('vouch:taken', () => {
    if (sent !== '' && box.value.startsWith(sent)) box.value = box.value.slice(sent.length)
    sent = ''
    typed()
    box.focus()
    toLatest()
  })

  const problem = document.getElementById.bind(document, 'composer-problem')
  form.addEventListener('htmx:error', () => say(navigator.onLine ? 'failed' : 'offline'))
  form.addEventListener('htmx:response:error', (event) => {
    if (!event.detail.ctx.text.includes('composer-problem')) say('failed')
  })

  window.addEventListener('online', () => {
    if (problem()?.textContent === document.getElementById('offline').textContent) problem().replaceChildren()
  })

  function say(id) {
    problem().replaceChildren(document.createTextNode(document.getElementById(id).textContent))
  }
}

// The connection that brings what comes

document.addEventListener('htmx:sse:error', () => lost(true))
document.addEventListener('htmx:sse:after:connection', () => lost(false))
document.addEventListener('htmx:sse:after:message', () => lost(false))
window.addEventListener('offline', () => lost(true))
// A short gap may not break the connection, and then nothing but this tells of its end. If it did, the next try says so again.
window.addEventListener('online', () => lost(false))

function lost(is) {
  const notice = document.getElementById('lost')
  if (notice) notice.hidden = !is
}

// What is new comes into sight, unless the customer has scrolled away from the end to read

const NEAR = 160
let followed = atEnd()

window.addEventListener('scroll', () => (followed = atEnd()), { passive: true })
document.addEventListener('htmx:sse:after:message', () => followed && toLatest())
if (!location.hash) toLatest()

function atEnd() {
  return window.innerHeight + window.scrollY >= document.documentElement.scrollHeight - NEAR
}

function toLatest() {
  const messages = document.querySelectorAll('.message')
  const last = messages[messages.length - 1]
  if (!last) return
  // A long answer is read from its beginning.
  const fits = last.getBoundingClientRect().height < window.innerHeight / 2
  if (fits) window.scrollTo({ top: document.documentElement.scrollHeight })
  else last.scrollIntoView({ block: 'start' })
}

// A correction that arrives is opened once it stands on a page that somebody looks at: a tab in the background is nobody.

const opened = new Set()
document.addEventListener('htmx:sse:after:message', noteOpened)
document.addEventListener('visibilitychange', noteOpened)

function noteOpened() {
  if (document.visibilityState !== 'visible') return
  for (const { id } of document.querySelectorAll('.message-correction')) {
    if (opened.has(id)) continue
    opened.add(id)
    fetch(`/messages/${id.replace('message-', '')}/opened`, { method: 'POST' }).catch(() => opened.delete(id))
  }
}
