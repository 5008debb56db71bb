import { Suspense, useEffect, useId, useLayoutEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react'
import { lazyPart } from '../../../components/lazy-part.tsx'
import { expressionPath } from '../../../format/expression-path.ts'
import { t } from '../../../language/t.ts'
import { useNavigate } from '../../../routing/hooks.ts'
import type { ListActions } from '../actions/list-actions.ts'
import { copySelection } from '../actions/take-away.ts'
import type { ListView } from '../rows/list-view.ts'
import type { LiveList } from '../rows/live-list.ts'
import { useRowsInSight } from '../rows/useRowsInSight.ts'
import { isNothing, isSelected, nothingSelected, select } from '../selection/row-selection.ts'
import type { GridSelection } from '../selection/useRowSelection.ts'
import styles from './ExpressionGrid.module.css'
import { ExpressionRow, type RowHandlers } from './ExpressionRow.tsx'
import { commandOf, type GridCommand } from './grid-keys.ts'
import { useReveal } from './useReveal.ts'

const RowMenu = lazyPart(() => import('./RowMenu.tsx'))

/** Rows beyond what is in sight that are in the document. */
const margin = 8

interface Props {
  live: LiveList
  view: ListView
  chosen: GridSelection
  actions: ListActions
}

/** The rows, of which those in sight are in the document. It has the keyboard's focus as a whole, and says at which row that is. */
export function ExpressionGrid({ live, view, chosen, actions }: Props) {
  const { selection, activeIndex } = chosen
  const grid = useRef<HTMLDivElement>(null)
  const rows = useRef<HTMLDivElement>(null)
  const ruler = useRef<HTMLDivElement>(null)
  const inSight = useRowsInSight(rows, ruler)
  const { first, last, rowHeight } = inSight
  const reveal = useReveal(rows, live, view.revision, inSight)
  const [menu, setMenu] = useState<{ readonly index: number; readonly at: DOMRect } | null>(null)
  const navigate = useNavigate()
  const id = useId()
  const { revision } = view
  useEffect(() => live.want(first, last), [live, revision, first, last])

  // Rows that have not changed are not rendered anew, so what they call stays the same.
  const latest = useRef(chosen)
  useLayoutEffect(() => void (latest.current = chosen))
  // The rows may come after the focus.
  useEffect(() => {
    if (activeIndex < 0 && document.activeElement === grid.current) latest.current.activate(first)
  }, [activeIndex, revision, first])
  const handlers = useMemo<RowHandlers>(
    () => ({
      onToggle: (index, isRange) => (isRange ? latest.current.extend(index) : latest.current.toggle(index)),
      onMenu(index, at) {
        latest.current.activate(index)
        setMenu({ index, at })
      },
    }),
    [],
  )

  function goTo(index: number, isRange: boolean) {
    const target = Math.max(0, Math.min(index, live.length - 1))
    if (isRange) chosen.extend(target)
    else chosen.activate(target)
    reveal(target)
  }

  async function goToEnd(isRange: boolean) {
    if (isRange || live.list.isWhole) return goTo(isRange ? live.list.head.length - 1 : live.length - 1, isRange)
    if (live.list.tail.length === 0) await live.load('tail')
    goTo(live.length - 1, false)
  }

  function run(command: GridCommand) {
    const place = live.at(activeIndex)
    switch (command.kind) {
      case 'move':
        return goTo(Math.max(0, activeIndex) + command.by, command.isRange)
      case 'edge':
        return command.edge === 'start' ? goTo(0, command.isRange) : void goToEnd(command.isRange)
      case 'toggle':
        return chosen.toggle(activeIndex)
      case 'open':
        return place && void navigate(expressionPath(place.id))
      case 'menu': {
        const row = document.getElementById(place?.id ?? '')
        return row && setMenu({ index: activeIndex, at: row.getBoundingClientRect() })
      }
      case 'delete':
      case 'copy': {
        const target = isNothing(selection) && place ? select(nothingSelected, [place.id], true) : selection
        if (isNothing(target)) return
        if (command.kind === 'copy') return void copySelection(actions, target, 'decimal')
        chosen.clear()
        return void actions.change('delete', target)
      }
      case 'selectAll':
        return chosen.selectAll()
      case 'clear':
        return chosen.clear()
      default:
        return command satisfies never
    }
  }

  function onKeyDown(event: KeyboardEvent) {
    const command = event.nativeEvent.isComposing ? null : commandOf(event, rowsOfPage(rowHeight))
    if (command === null) return
    event.preventDefault()
    run(command)
  }

  const indexes = indexesNear(first - margin, last + margin, live.length, activeIndex)
  const active = live.at(activeIndex)
  const { count } = view
  return (
    <>
      <div
        ref={grid}
        id={id}
        className={styles.grid}
        role="grid"
        data-focus="list"
        aria-label={t('Expressions')}
        aria-rowcount={count?.isExact === true ? count.total + 1 : -1}
        aria-colcount={6}
        aria-multiselectable
        aria-activedescendant={active?.id}
        tabIndex={0}
        onFocus={({ target }) => target === grid.current && activeIndex < 0 && chosen.activate(first)}
        onKeyDown={onKeyDown}
      >
        <div role="row" className={styles.headings} aria-rowindex={1}>
          <div role="columnheader" className={styles.choice}>
            <input
              type="checkbox"
              tabIndex={-1}
              aria-label={t('Select all')}
              checked={selection.kind === 'all' && selection.except.size === 0}
              ref={(box) => void (box && (box.indeterminate = !isNothing(selection) && !isWholly(selection)))}
              onChange={({ target }) => (target.checked ? chosen.selectAll() : chosen.clear())}
            />
          </div>
          <div role="columnheader" className={styles.source}>
            {t('Expression')}
          </div>
          <div role="columnheader">{t('Result')}</div>
          <div role="columnheader" className={styles.status}>
            {t('Status')}
          </div>
          <div role="columnheader" className={styles.times}>
            {t('Time')}
          </div>
          <div role="columnheader">
            <span className="visually-hidden">{t('Actions')}</span>
          </div>
        </div>
        <div ref={rows} role="rowgroup" className={styles.rows} style={{ height: live.length * rowHeight }}>
          <div ref={ruler} role="presentation" className={styles.ruler} />
          {indexes.map((index) => {
            const place = live.at(index)
            return (
              <ExpressionRow
                key={place?.id ?? `gap ${index}`}
                id={place?.id ?? `${id} ${index}`}
                index={index}
                top={index * rowHeight}
                row={place && live.list.row(place.id)}
                isActive={index === activeIndex}
                isSelected={place !== undefined && isSelected(selection, place.id)}
                handlers={handlers}
              />
            )
          })}
        </div>
      </div>
      {menu && (
        <Suspense fallback={null}>
          <RowMenu
            key={`${menu.at.x} ${menu.at.y}`}
            live={live}
            id={live.at(menu.index)?.id ?? ''}
            at={menu.at}
            actions={actions}
            onClose={() => {
              // Another may have been opened meanwhile.
              setMenu((open) => (open === menu ? null : open))
              const focused = document.activeElement
              if (focused === document.body || grid.current?.contains(focused))
                grid.current?.focus({ preventScroll: true })
            }}
          />
        </Suspense>
      )}
    </>
  )
}

/** As many as are moved by PageDown, some of which were in sight before. */
const rowsOfPage = (rowHeight: number): number => Math.max(1, Math.floor(window.innerHeight / rowHeight) - 4)

const isWholly = (selection: GridSelection['selection']): boolean =>
  selection.kind === 'all' && selection.except.size === 0

/** Those from one to another that there are, and the one at which the keyboard is, wherever it has been left. */
function indexesNear(from: number, to: number, length: number, active: number): number[] {
  const indexes: number[] = []
  for (let index = Math.max(0, from); index <= Math.min(to, length - 1); index += 1) indexes.push(index)
  if (active >= 0 && active < from) indexes.unshift(active)
  if (active > to && active < length) indexes.push(active)
  return indexes
}
