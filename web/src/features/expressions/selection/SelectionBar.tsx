import { useState } from 'react'
import { Button } from '../../../components/Button.tsx'
import { Menu, type MenuItem } from '../../../components/Menu.tsx'
import { t } from '../../../language/t.ts'
import { copyItems } from '../actions/copy-items.ts'
import type { ListActions } from '../actions/list-actions.ts'
import { copySelection, downloadSelection } from '../actions/take-away.ts'
import type { BulkVerb } from '../actions/bulk-documents.ts'
import type { Count } from '../rows/list-reader.ts'
import { countOf, type RowSelection } from './row-selection.ts'
import styles from './SelectionBar.module.css'
import type { GridSelection } from './useRowSelection.ts'

interface Props {
  chosen: GridSelection
  all: Count | null
  actions: ListActions
}

/** How many are selected, and what can be done to all of them. */
export default function SelectionBar({ chosen, all, actions }: Props) {
  const { selection } = chosen
  const [menu, setMenu] = useState<{ readonly label: string; readonly items: MenuItem[]; readonly at: DOMRect } | null>(
    null,
  )
  const change = (verb: BulkVerb) => {
    chosen.clear()
    void actions.change(verb, selection)
  }
  const files: MenuItem[] = [
    { label: t('As CSV'), onChoose: () => void downloadSelection(actions, selection, 'csv') },
    { label: t('As JSON'), onChoose: () => void downloadSelection(actions, selection, 'json') },
  ]
  return (
    <section className={styles.bar} aria-label={t('Selection')}>
      <p className={styles.count} role="status">
        {sentenceOf(selection, all)}
      </p>
      <div className={styles.actions}>
        {selection.kind === 'some' && (
          <Button size="small" look="quiet" onClick={chosen.selectAll}>
            {allOf(all)}
          </Button>
        )}
        <MenuButton
          label={t('Copy')}
          onOpen={(at) =>
            setMenu({
              label: t('Copy'),
              at,
              items: copyItems(true, (form) => void copySelection(actions, selection, form)),
            })
          }
        />
        <MenuButton label={t('Download')} onOpen={(at) => setMenu({ label: t('Download'), at, items: files })} />
        <Button
          size="small"
          onClick={() => change('retry')}
          title={t('Those that failed; what was computed of them stays')}
        >
          {t('Retry')}
        </Button>
        <Button size="small" onClick={() => change('cancel')}>
          {t('Cancel@@stop')}
        </Button>
        <Button size="small" look="danger" onClick={() => change('delete')}>
          {t('Delete')}
        </Button>
        <Button size="small" look="quiet" onClick={chosen.clear}>
          {t('Select none')}
        </Button>
      </div>
      {menu && <Menu {...menu} onClose={() => setMenu(null)} />}
    </section>
  )
}

function MenuButton({ label, onOpen }: { label: string; onOpen: (at: DOMRect) => void }) {
  return (
    <Button
      size="small"
      aria-haspopup="menu"
      onClick={({ currentTarget }) => onOpen(currentTarget.getBoundingClientRect())}
    >
      {label}
      <span aria-hidden="true">▾</span>
    </Button>
  )
}

function sentenceOf(selection: RowSelection, all: Count | null): string {
  const { count, isExact } = countOf(selection, all)
  if (selection.kind === 'some') return t('{count, plural, other {# selected}}', { count })
  if (!isExact) return t('All that match selected, more than {count}', { count })
  return selection.except.size === 0
    ? t('{count, plural, other {All # selected}}', { count })
    : t('{count, plural, other {# selected}}', { count })
}

const allOf = (all: Count | null): string =>
  all?.isExact === true ? t('Select all {count}', { count: all.total }) : t('Select all that match')
