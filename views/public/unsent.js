// What was typed into a form and did not get through (the session was over, the server was gone, the page says what is wrong) stands in the form
// again when whoever typed it is back at it. Kept in this tab alone, until it is there again, something else went through, or they sign out.

const KEY = 'unsent'
const TYPED = 'textarea, input[type=text], input[type=number], input[type=radio]:checked, input[type=checkbox]:checked'

const me = () => document.querySelector('.bar-user span')?.textContent ?? null

document.addEventListener('submit', ({ target: form }) => {
  if (form.matches('.bar-user')) return sessionStorage.removeItem(KEY)
  if (form.method !== 'post' || form.hasAttribute('hx-post') || me() === null) return
  const fields = typedIn(form)
  // A button alone, pressed after something went wrong, is no reason to forget what was written before.
  if (fields.some(({ words }) => words))
    sessionStorage.setItem(KEY, JSON.stringify({ by: me(), action: addressOf(form), fields, failed: false }))
})

function typedIn(form) {
  return [...form.elements]
    .filter((field) => field.matches(TYPED))
    .map(({ name, value, defaultValue, type }) => ({ name, value, words: !/radio|checkbox/.test(type) && value !== defaultValue }))
}

const addressOf = (form) => (form.getAttribute('action') ?? '').split('?')[0]

const kept = JSON.parse(sessionStorage.getItem(KEY) ?? 'null')
if (kept) comeBack(kept)

function comeBack(typed) {
  const page = performance.getEntriesByType('navigation')[0]
  const failed = typed.failed || page?.responseStatus >= 400 || page?.type === 'back_forward' || me() === null
  const form = [...document.forms].find((one) => addressOf(one) === typed.action && typed.fields.every(({ name }) => one.elements[name]))
  if (!failed || new URLSearchParams(location.search).get('why') === 'out' || (me() !== null && me() !== typed.by))
    sessionStorage.removeItem(KEY)
  else if (me() === null || !form) sessionStorage.setItem(KEY, JSON.stringify({ ...typed, failed: true }))
  else putBack(form, typed)
}

function putBack(form, { fields }) {
  sessionStorage.removeItem(KEY)
  for (const { name, value } of fields)
    for (const field of [...form.elements].filter((one) => one.name === name)) {
      if (field.matches('[type=radio], [type=checkbox]')) field.checked ||= field.value === value
      else if (field.matches('textarea, input:not([type=hidden], [type=password], [type=file])')) field.value = value
    }
  for (let part = form.closest('details'); part; part = part.parentElement.closest('details')) part.open = true
  const dialog = form.closest('dialog')
  if (dialog) document.querySelector(`[data-open="${dialog.id}"]`)?.click()
  const said = document.createElement('p')
  said.className = 'quiet'
  said.setAttribute('role', 'status')
  said.textContent = 'What you had written did not get through. It is here again.'
  form.prepend(said)
  form.querySelector('textarea, input[type=text], input[type=number]')?.focus()
}
