import { t } from '../../../language/t.ts'
import type { RowSelection } from '../selection/row-selection.ts'
import { copyText, saveFile, writeFile } from './files.ts'
import type { ListActions } from './list-actions.ts'
import { allOutcomes, outcomesOf } from './outcome-pages.ts'
import { fileForms, type CopyForm } from './outcomes.ts'

/** A clipboard is kept in memory, by every program that looks at it. */
export const copiedAtMost = 10_000

const fileTypes = { csv: 'text/csv;charset=utf-8', json: 'application/json' } as const

export type FileType = keyof typeof fileTypes

const pagesOf = ({ scope }: ListActions, selection: RowSelection) =>
  selection.kind === 'all' ? allOutcomes(scope, selection.except) : outcomesOf(scope, selection.ids)

/** Puts what is selected on the clipboard, in a form. */
export async function copySelection(actions: ListActions, selection: RowSelection, form: CopyForm): Promise<void> {
  let copied = 0
  const stopping = new AbortController()
  const onProgress = (written: number) => {
    copied = written
    if (written >= copiedAtMost) stopping.abort()
  }
  const file = writeFile(fileForms[form], 'text/plain', pagesOf(actions, selection), {
    signal: stopping.signal,
    onProgress,
  })
  try {
    await copyText(file.then((blob) => blob.text()))
  } catch (error) {
    return actions.refuse(refusalOf(error, t('The browser lets nothing be copied here.')))
  }
  const isCut = stopping.signal.aborted
  actions.say({
    tone: isCut ? 'error' : 'info',
    sentence: isCut
      ? t('The first {count} are copied, no more go: download them instead.', { count: copied })
      : t('{count, plural, one {# is} other {# are}} copied.', { count: copied }),
  })
}

/** Brings what is selected as a file, page by page, with a way to stop. */
export async function downloadSelection(actions: ListActions, selection: RowSelection, type: FileType): Promise<void> {
  const stopping = new AbortController()
  const tell = (count: number) =>
    actions.say({
      tone: 'info',
      sentence: t('Downloading: {count} so far', { count }),
      stop: () => stopping.abort(),
    })
  let written = 0
  tell(written)
  try {
    const file = await writeFile(fileForms[type], fileTypes[type], pagesOf(actions, selection), {
      signal: stopping.signal,
      onProgress: (count) => tell((written = count)),
    })
    if (stopping.signal.aborted) return actions.say({ tone: 'info', sentence: t('Stopped: nothing is downloaded.') })
    saveFile(file, `expressions.${type}`)
    actions.say({
      tone: 'info',
      sentence: t('{count, plural, one {# is} other {# are}} downloaded.', { count: written }),
    })
  } catch (error) {
    actions.refuse(
      t('Nothing is downloaded: after {count} the server gave no more. {reason}', {
        count: written,
        reason: error instanceof Error ? error.message : '',
      }).trim(),
    )
  }
}

const refusalOf = (error: unknown, otherwise: string): string =>
  error instanceof Error && error.name === 'PageRefused' ? error.message : otherwise
