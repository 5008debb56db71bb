import type { KeyboardEvent } from 'react'
import { latinKey } from '../../../language/latin-key.ts'
import { msg, type Message } from '../../../language/t.ts'

/** What a key asks of the list. */
export type GridCommand =
  | { readonly kind: 'move'; readonly by: number; readonly isRange: boolean }
  | { readonly kind: 'edge'; readonly edge: 'start' | 'end'; readonly isRange: boolean }
  | { readonly kind: 'toggle' | 'open' | 'menu' | 'delete' | 'copy' | 'selectAll' | 'clear' }

/** @param page how many rows are in sight */
export function commandOf(
  event: Pick<KeyboardEvent, 'key' | 'code' | 'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey'>,
  page: number,
): GridCommand | null {
  const { key, shiftKey, ctrlKey, metaKey, altKey } = event
  const isControl = ctrlKey || metaKey
  const letter = latinKey(event).toLowerCase()
  if (altKey) return null
  if (isControl && letter === 'a') return { kind: 'selectAll' }
  if (isControl && letter === 'c') return { kind: 'copy' }
  switch (key) {
    case 'ArrowDown':
      return { kind: 'move', by: 1, isRange: shiftKey }
    case 'ArrowUp':
      return { kind: 'move', by: -1, isRange: shiftKey }
    case 'PageDown':
      return { kind: 'move', by: page, isRange: shiftKey }
    case 'PageUp':
      return { kind: 'move', by: -page, isRange: shiftKey }
    case 'Home':
      return { kind: 'edge', edge: 'start', isRange: shiftKey }
    case 'End':
      return { kind: 'edge', edge: 'end', isRange: shiftKey }
    case ' ':
      return { kind: 'toggle' }
    case 'Enter':
      return isControl ? null : { kind: 'open' }
    case 'ContextMenu':
      return { kind: 'menu' }
    case 'F10':
      return shiftKey ? { kind: 'menu' } : null
    case 'Delete':
      return { kind: 'delete' }
    case 'Escape':
      return { kind: 'clear' }
    default:
      return null
  }
}

/** For the overview of all shortcuts. */
export const gridKeys: readonly { readonly title: Message; readonly keys: string }[] = [
  { title: msg('Go from row to row'), keys: '↑ ↓' },
  { title: msg('Go a page on or back'), keys: 'PgUp PgDn' },
  { title: msg('Go to the first row or the last'), keys: 'Home End' },
  { title: msg('Open'), keys: 'Enter' },
  { title: msg('Select a row, or not'), keys: 'Space' },
  { title: msg('Select from here on'), keys: 'Shift ↓' },
  { title: msg('Select all that match'), keys: 'Ctrl A' },
  { title: msg('Select none'), keys: 'Esc' },
  { title: msg('Copy the results'), keys: 'Ctrl C' },
  { title: msg('Delete'), keys: 'Del' },
  { title: msg('All that can be done to a row'), keys: 'Shift F10' },
]
