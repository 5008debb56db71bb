import type { MenuItem } from '../../../components/Menu.tsx'
import { msg, t, type Message } from '../../../language/t.ts'
import { copyForms, type CopyForm } from './outcomes.ts'

const labels: Readonly<Record<CopyForm, Message>> = {
  decimal: msg('Copy as decimal'),
  fraction: msg('Copy as fraction'),
  repeating: msg('Copy as repeating decimal'),
  json: msg('Copy as JSON'),
  csv: msg('Copy as CSV'),
}

/** @param hasNumbers where there are none, a form of a number would copy nothing */
export const copyItems = (hasNumbers: boolean, onCopy: (form: CopyForm) => void): MenuItem[] =>
  copyForms
    .filter((form) => hasNumbers || form === 'json' || form === 'csv')
    .map((form, place) => ({
      label: t(labels[form]),
      onChoose: () => onCopy(form),
      ...(place === 0 && { isFirst: true }),
      ...(form === 'decimal' && { keys: 'Ctrl C' }),
    }))
