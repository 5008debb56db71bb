import type { Dialog } from './commands.ts'

const asked = new EventTarget()

/** Opens a dialog of the keyboard's from anywhere on the page. */
export const openDialog = (dialog: Dialog): void =>
  void asked.dispatchEvent(new CustomEvent('open', { detail: dialog }))

export function onOpenDialog(listener: (dialog: Dialog) => void): () => void {
  const open = (event: Event) => listener((event as CustomEvent<Dialog>).detail)
  asked.addEventListener('open', open)
  return () => asked.removeEventListener('open', open)
}
