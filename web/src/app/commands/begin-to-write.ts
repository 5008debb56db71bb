/** What an expression begins with, and no shortcut has. */
const beginnings = /^[0-9(.-]$/

/** Leads to the end of the field for an expression, where there is one, as such a key is pressed: the browser writes it there. */
export function beginToWrite(key: string): void {
  if (!beginnings.test(key)) return
  const field = document.querySelector<HTMLTextAreaElement>('textarea[data-focus="source"]')
  field?.focus()
  field?.setSelectionRange(field.value.length, field.value.length)
}
