import type { FileForm, Outcome } from './outcomes.ts'

interface Course {
  readonly signal: AbortSignal
  readonly onProgress: (written: number) => void
}

/** Writes page after page. Each is handed to the browser, which keeps what is large on its disk: of a file of any length one page is in memory. */
export async function writeFile(
  form: FileForm,
  type: string,
  pages: AsyncIterable<readonly Outcome[]>,
  { signal, onProgress }: Course,
): Promise<Blob> {
  const parts = [new Blob([form.begin])]
  let written = 0
  for await (const outcomes of pages) {
    if (signal.aborted) break
    if (outcomes.length === 0) continue
    const text = outcomes.map(form.write).join(form.between)
    parts.push(new Blob([written > 0 ? form.between + text : text]))
    written += outcomes.length
    onProgress(written)
  }
  parts.push(new Blob([form.end]))
  return new Blob(parts, { type })
}

/** As if one had pressed a link to it. */
export function saveFile(file: Blob, name: string): void {
  const address = URL.createObjectURL(file)
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  // The browser reads it after this turn.
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}

/** A text that is still to come: a browser that waited for it before it is asked would forget that somebody pressed a button. */
export async function copyText(text: Promise<string>): Promise<void> {
  if (!('clipboard' in navigator)) throw new Error('no clipboard')
  if (typeof ClipboardItem === 'undefined') return navigator.clipboard.writeText(await text)
  const blob = text.then((written) => new Blob([written], { type: 'text/plain' }))
  await navigator.clipboard.write([new ClipboardItem({ 'text/plain': blob })])
}
