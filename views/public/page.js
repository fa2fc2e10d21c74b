// What every page needs and htmx can't do: dialogs, times that stay true, toasts that go.

// Where the rooms don't fit beside one another, the one that is open is in sight.
document.querySelector('.nav [aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' })

const dialogs = 'dialog.dialog'

document.addEventListener('htmx:after:swap', ({ detail }) => {
  const { target } = detail.ctx
  if (target?.id === 'dialog' && !target.open && target.childElementCount > 0) open(target)
  refresh()
})

document.addEventListener('click', (event) => {
  const button = event.target.closest('[data-open]')
  if (button) open(document.getElementById(button.dataset.open))
  if (event.target.matches(dialogs)) event.target.close()
})

document.addEventListener('vouch:close-dialog', () => document.querySelector('dialog[open]')?.close())

// The browser itself gives the focus back to where it was when the dialog closes.
function open(dialog) {
  dialog.showModal()
  dialog.addEventListener('close', () => dialog.id === 'dialog' && dialog.replaceChildren(), { once: true })
  const mark = dialog.querySelector('mark')
  if (mark) mark.scrollIntoView({ block: 'center' })
}

// The same words as `ago` in views/components/time.tsx.
function ago(at, now) {
  const passed = now - at
  if (passed < 45_000) return 'just now'
  const days = passed / 86_400_000
  if (days >= 1 && days < 2) return 'yesterday'
  if (days >= 14) return new Date(at).toLocaleDateString('en-GB', { day: 'numeric', month: 'short', year: 'numeric' })
  const minutes = Math.max(1, Math.round(passed / 60_000))
  if (minutes < 60) return `${minutes} min ago`
  return days < 1 ? `${Math.round(passed / 3_600_000)} h ago` : `${Math.round(days)} days ago`
}

function refresh() {
  for (const time of document.querySelectorAll('time[data-ago]')) {
    const at = Date.parse(time.dateTime)
    const words = ago(at, Date.now())
    if (time.textContent !== words) time.textContent = words
    time.title = new Date(at).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'medium' })
  }
}

refresh()
setInterval(refresh, 30_000)

const toasts = document.getElementById('toasts')
new MutationObserver(() => {
  for (const toast of toasts.querySelectorAll('[data-toast="goes"]:not([data-going])')) {
    toast.dataset.going = ''
    setTimeout(() => toast.remove(), 8_000)
  }
}).observe(toasts, { childList: true })
