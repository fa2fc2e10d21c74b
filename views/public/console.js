// The console's keyboard, and the tie between a sentence and the words that it rests on. Everything else is links and forms.

// --- Keys: a control with `data-key` is pressed by that key ------------------------------------------------------------

let leaving = false

document.addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) return sendForm(event)
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || busy(event.target)) return
  if (event.key === '?') return act(event, () => document.querySelector('#keys-open').click())
  const key = event.key.toLowerCase()
  const control = [...document.querySelectorAll(`[data-key~="${CSS.escape(key)}"]`)].find(
    (one) => one.offsetParent !== null && !one.disabled,
  )
  if (control) return act(event, () => (control.matches('input, textarea') ? control.focus() : control.click()))
  if (key === 'j' || key === 'k') return act(event, () => step(key === 'j' ? 1 : -1))
})

function busy(target) {
  return (
    leaving ||
    target.closest('input:not([type=radio], [type=checkbox], [type=submit]), textarea, select, [contenteditable]') !== null ||
    document.querySelector('dialog[open]') !== null ||
    document.querySelector('.htmx-request:not(.live)') !== null
  )
}

function act(event, what) {
  event.preventDefault()
  what()
}

function sendForm(event) {
  const form = event.target.closest('form[data-ctrl-enter]')
  if (form && !leaving) act(event, () => form.requestSubmit())
}

/** From one row of a list to the next. */
function step(by) {
  const rows = [...document.querySelectorAll('[data-rows] [data-row]')]
  if (rows.length === 0) return
  const at = rows.indexOf(document.activeElement)
  const next = rows[at === -1 ? 0 : Math.min(rows.length - 1, Math.max(0, at + by))]
  next.focus()
  next.closest('tr')?.scrollIntoView({ block: 'nearest' })
}

// A second press while the page is on its way must not decide about the next item.
document.addEventListener('submit', (event) => {
  const form = event.target
  if (event.defaultPrevented || form.method === 'dialog' || form.hasAttribute('hx-post')) return
  if (leaving) return event.preventDefault()
  leaving = true
  document.body.classList.add('leaving')
  event.submitter?.setAttribute('aria-busy', 'true')
})
document.addEventListener('click', (event) => {
  const link = event.target.closest('a[data-key]')
  if (link && !link.hash) leaving = true
})
window.addEventListener('pageshow', () => {
  leaving = false
  document.body.classList.remove('leaving')
  for (const one of document.querySelectorAll('button[aria-busy]')) one.removeAttribute('aria-busy')
})

// --- Filters apply as soon as a list or date is changed ----------------------------------------------------------------

document.addEventListener('change', (event) => {
  const form = event.target.closest('form[data-apply]')
  if (form && event.target.matches('select, input[type=date]')) form.requestSubmit()
})

// --- A sentence and its evidence ---------------------------------------------------------------------------------------

document.addEventListener('click', (event) => {
  if (event.target.closest('[data-jump]')) return act(event, nextUnsupported)
  const claim = event.target.closest('a[data-claim]')
  if (claim) act(event, () => light(claim))
})

function light(claim) {
  for (const lit of document.querySelectorAll('.lit')) lit.classList.remove('lit')
  claim.classList.add('lit')
  claim.focus({ preventScroll: true })
  const marks = [...document.querySelectorAll('mark[data-claims]')].filter((mark) =>
    mark.dataset.claims.split(' ').includes(claim.dataset.claim),
  )
  for (const mark of marks) mark.classList.add('lit')
  marks[0]?.closest('details')?.setAttribute('open', '')
  const why = document.getElementById(`why-${claim.dataset.claim}`)
  why?.classList.add('lit')
  const target = marks[0] ?? why
  target?.scrollIntoView({ block: 'center', behavior: matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth' })
}

function nextUnsupported() {
  const claims = [...document.querySelectorAll('.claim-failed')]
  const next = claims[(claims.findIndex((claim) => claim.classList.contains('lit')) + 1) % claims.length]
  if (!next) return
  light(next)
  next.scrollIntoView({ block: 'nearest' })
}

// --- Idle: the page of somebody who left shows the sign-in page, not a customer's words -------------------------------

const idle = document.querySelector('[data-idle-minutes]')
if (idle) setTimeout(signedOff, Number(idle.dataset.idleMinutes) * 60_000 + 5_000)

/** What was being typed is not thrown away. */
function signedOff() {
  const typing = [...document.querySelectorAll('textarea')].some((field) => field.value !== field.defaultValue)
  if (!typing) location.reload()
  else document.getElementById('idle-open').click()
}

// --- A figure that is typed in chooses the choice that it belongs to --------------------------------------------------

document.addEventListener('input', (event) => {
  const choice = event.target.matches('input[type=number]') ? event.target.closest('.choice')?.querySelector('input[type=radio]') : null
  if (choice) choice.checked = true
})

// --- A choice that suggests what to write; what somebody has written themselves stays ---------------------------------

document.addEventListener('change', ({ target }) => {
  const { suggest, words } = target.dataset
  const field = suggest && target.form.elements[suggest]
  if (!field) return
  const offered = [...target.form.querySelectorAll(`[data-suggest="${suggest}"]`)].map((one) => one.dataset.words)
  if (field.value.trim() === '' || offered.includes(field.value)) field.value = words
})

// --- A row that moves up in a live list is seen to move ---------------------------------------------------------------

const placed = new Map()
document.addEventListener('htmx:sse:before:message', ({ target }) => {
  placed.clear()
  for (const row of target.querySelectorAll('[data-moves] tbody tr')) placed.set(row.id, row.getBoundingClientRect().top)
})
document.addEventListener('htmx:sse:after:message', ({ target }) => {
  if (placed.size === 0 || matchMedia('(prefers-reduced-motion: reduce)').matches) return
  for (const row of target.querySelectorAll('[data-moves] tbody tr')) {
    const moved = (placed.get(row.id) ?? row.getBoundingClientRect().top) - row.getBoundingClientRect().top
    if (moved !== 0) row.animate([{ transform: `translateY(${moved}px)` }, { transform: 'none' }], { duration: 250, easing: 'ease-out' })
  }
})
