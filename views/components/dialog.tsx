import type { ComponentChildren, VNode } from 'preact'
import { Icon } from './icon.tsx'

/** The one place on a page that dialogs open in. A link `hx-get="…" hx-target="#dialog"` fills it, and `page.js` opens it; without scripts the link is a page. */
export function DialogSlot(): VNode {
  return <dialog id="dialog" class="dialog" aria-labelledby="dialog-title" />
}

/** What a dialog holds: the answer to the request that filled the slot. */
export function DialogBody({
  title,
  titleId = 'dialog-title',
  children,
  actions,
}: {
  title: string
  titleId?: string
  children: ComponentChildren
  actions?: ComponentChildren
}): VNode {
  return (
    <div class="dialog-body">
      <header class="dialog-head">
        <h2 id={titleId}>{title}</h2>
        <form method="dialog">
          <button type="submit" class="button button-quiet button-icon" aria-label="Close">
            <Icon name="close" />
          </button>
        </form>
      </header>
      <div class="dialog-content">{children}</div>
      {actions && <footer class="dialog-actions">{actions}</footer>}
    </div>
  )
}

/** A dialog that is on the page from the start; a button with `data-open="ID"` opens it. */
export function Dialog({
  id,
  title,
  children,
  actions,
}: {
  id: string
  title: string
  children: ComponentChildren
  actions?: ComponentChildren
}): VNode {
  return (
    <dialog id={id} class="dialog" aria-labelledby={`${id}-title`}>
      <DialogBody title={title} titleId={`${id}-title`} actions={actions}>
        {children}
      </DialogBody>
    </dialog>
  )
}
