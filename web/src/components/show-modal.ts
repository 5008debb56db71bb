/** Shows a dialog above the page. A ref: it is closed while it is still on the page, so that the browser gives the focus back. */
export function showModal(dialog: HTMLDialogElement | null): () => void {
  dialog?.showModal()
  return () => dialog?.close()
}
