// Judging at the pace of a key: the next answer is in place at once, what was said goes to the server meanwhile.

const now = document.getElementById('judge-now')
const problem = document.getElementById('judge-problem')
/** What is on its way to the server; what comes after it waits for it. */
let underWay = Promise.resolve()

// --- How long the answer is in sight -----------------------------------------------------------------------------------

let since = performance.now()
let hiddenSince = document.hidden ? since : null

document.addEventListener('visibilitychange', () => {
  if (document.hidden) hiddenSince = performance.now()
  else if (hiddenSince !== null) {
    since += performance.now() - hiddenSince
    hiddenSince = null
  }
})

// --- Saying ------------------------------------------------------------------------------------------------------------

// In the capturing phase, before console.js: a form that is sent from here leaves no page.
document.addEventListener(
  'submit',
  (event) => {
    const form = event.target
    const how = form.matches('[data-say]') ? say : form.matches('[data-quietly]') ? quietly : form.matches('[data-after]') ? after : null
    if (!how) return
    event.preventDefault()
    void how(form, event.submitter)
  },
  true,
)

async function say(form, button) {
  if (form.dataset.sent !== undefined) return
  form.dataset.sent = ''
  const fields = { said: button.value, ms: Math.round(performance.now() - since) }
  await underWay
  const item = form.closest('.judge-item')
  const next = document.getElementById('judge-next').content.cloneNode(true)
  const isLast = next.childElementCount === 0
  if (!isLast) put(next)
  underWay = send(form.action, fields).then(
    () => isLast && location.reload(),
    (error) => {
      if (error.status === 409) return location.replace('/console/judging/item?why=gone')
      delete form.dataset.sent
      put(item)
      problem.textContent = `${error.message} This judgement was not saved: please judge it again.`
    },
  )
}

function put(content) {
  now.replaceChildren(content)
  problem.replaceChildren()
  since = performance.now()
  hiddenSince = document.hidden ? since : null
  scrollTo({ top: 0 })
  now.focus({ preventScroll: true })
}

async function quietly(form, button) {
  await underWay
  underWay = send(form.action, { [button.name]: button.value }).catch((error) => {
    problem.textContent = error.message
  })
}

/** Goes to another page, once everything is saved. */
async function after(form) {
  await underWay
  form.submit()
}

/** Puts what the server says in the place of what stood there, by id. */
async function send(address, fields) {
  const headers = { Accept: 'application/problem+json', 'HX-Request': 'true' }
  const answer = await fetch(address, { method: 'POST', body: new URLSearchParams(fields), headers }).catch(() => null)
  if (!answer) throw new Error('Vouch cannot be reached.')
  if (!answer.ok) {
    const { detail } = await answer.json().catch(() => ({}))
    const words = answer.status === 401 ? 'You have been signed out: sign in again in another tab.' : (detail ?? 'That did not work.')
    throw Object.assign(new Error(words), { status: answer.status })
  }
  const part = new DOMParser().parseFromString(await answer.text(), 'text/html')
  for (const id of ['judge-status', 'judge-next'])
    document.getElementById(id).replaceWith(document.importNode(part.getElementById(id), true))
}
