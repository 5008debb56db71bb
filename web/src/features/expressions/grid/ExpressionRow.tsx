import { memo, type MouseEvent } from 'react'
import { Ago } from '../../../components/Ago.tsx'
import { Elapsed } from '../../../components/Elapsed.tsx'
import { Skeleton } from '../../../components/Skeleton.tsx'
import { StatusBadge } from '../../../components/StatusBadge.tsx'
import { expressionPath } from '../../../format/expression-path.ts'
import { expressionStatusLook } from '../../../format/status.ts'
import { useLanguage } from '../../../language/language.ts'
import { t } from '../../../language/t.ts'
import { Link } from '../../../routing/Link.tsx'
import type { Row } from '../rows/row.ts'
import styles from './ExpressionRow.module.css'
import { RowOutcome } from './RowOutcome.tsx'

export interface RowHandlers {
  readonly onToggle: (index: number, isRange: boolean) => void
  readonly onMenu: (index: number, at: DOMRect) => void
}

interface Props {
  id: string
  index: number
  top: number
  row: Row | undefined
  isActive: boolean
  isSelected: boolean
  handlers: RowHandlers
}

/** One of the user's expressions. The keyboard's focus is with the grid, so nothing in it is a stop of its own. */
export const ExpressionRow = memo(function ExpressionRow(props: Props) {
  const { id, index, top, row, isActive, isSelected, handlers } = props
  useLanguage()
  const name = row?.sourceBeginning ?? ''

  function onClick(event: MouseEvent) {
    if (!event.shiftKey) return
    event.preventDefault()
    handlers.onToggle(index, true)
  }

  return (
    <div
      id={id}
      role="row"
      className={styles.row}
      style={{ top }}
      // The first is that of the headings.
      aria-rowindex={index + 2}
      aria-selected={isSelected}
      aria-busy={row ? undefined : true}
      data-active={isActive || undefined}
      onClick={onClick}
      onMouseDown={(event) => event.shiftKey && event.preventDefault()}
      onContextMenu={(event) => {
        event.preventDefault()
        handlers.onMenu(index, new DOMRect(event.clientX, event.clientY, 0, 0))
      }}
    >
      <div role="gridcell" className={styles.choice}>
        <input
          type="checkbox"
          tabIndex={-1}
          aria-label={t('Select {name}', { name })}
          checked={isSelected}
          onChange={() => {}}
          onClick={(event) => {
            event.stopPropagation()
            handlers.onToggle(index, event.shiftKey)
          }}
        />
      </div>
      <div role="gridcell" className={styles.source}>
        {row ? (
          <Link to={expressionPath(row.id)} tabIndex={-1} draggable={false}>
            {name}
            {row.sourceLength > name.length && '…'}
          </Link>
        ) : (
          <Skeleton height="1.25rem" />
        )}
      </div>
      <div role="gridcell" className={styles.outcome}>
        {row && <RowOutcome row={row} />}
      </div>
      <div role="gridcell" className={styles.status}>
        {row && <StatusBadge look={expressionStatusLook[row.status]} />}
      </div>
      <div role="gridcell" className={styles.times}>
        {row && <RowTimes row={row} />}
      </div>
      <div role="gridcell" className={styles.more}>
        <button
          type="button"
          tabIndex={-1}
          className={styles.menu}
          aria-label={t('Actions for {name}', { name })}
          aria-haspopup="menu"
          onClick={({ currentTarget }) => handlers.onMenu(index, currentTarget.getBoundingClientRect())}
        />
      </div>
    </div>
  )
})

const RowTimes = ({ row: { createdAt, startedAt, finishedAt, status } }: { row: Row }) => (
  <>
    <Ago at={createdAt} />
    {startedAt !== null && status !== 'QUEUED' && (
      <>
        {' · '}
        <Elapsed from={startedAt} to={finishedAt} />
      </>
    )}
  </>
)
