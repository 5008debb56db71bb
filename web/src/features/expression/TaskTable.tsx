import { memo, useEffect, useEffectEvent, useMemo, useRef, useState } from 'react'
import { Panel } from '../../components/Panel.tsx'
import { SegmentedControl } from '../../components/SegmentedControl.tsx'
import type { TaskStatus } from '../../graphql.ts'
import { useLanguage } from '../../language/language.ts'
import { shownOptions } from '../../language/shown-options.ts'
import { msg, t } from '../../language/t.ts'
import { useSelectedTask, useSelection } from './selection.ts'
import { TaskRow } from './TaskRow.tsx'
import styles from './TaskTable.module.css'
import type { Task } from './useTasks.ts'
import { useVisibleRows } from './useVisibleRows.ts'

const filters = [
  { value: 'all', label: msg('All@@operations') },
  { value: 'active', label: msg('Active@@operations') },
  { value: 'finished', label: msg('Finished@@operations') },
] as const

type Filter = (typeof filters)[number]['value']

const isActive = (status: TaskStatus) => status === 'READY' || status === 'ASSIGNED'
const isFinished = (status: TaskStatus) => status !== 'WAITING' && !isActive(status)

const passes: Readonly<Record<Filter, (status: TaskStatus) => boolean>> = {
  all: () => true,
  active: isActive,
  finished: isFinished,
}

const columns = [
  msg('#'),
  msg('Operation'),
  msg('Result'),
  msg('Status'),
  msg('Agent'),
  msg('Attempt'),
  msg('Started'),
  msg('Took'),
] as const

/** Must be the height of a row in TaskTable.module.css. */
const rowHeight = 40

interface Props {
  tasks: readonly Task[]
}

/** Every task, in the order of the plan. */
export const TaskTable = memo(function TaskTable({ tasks }: Props) {
  useLanguage()
  const [filter, setFilter] = useState<Filter>('all')
  const { hover } = useSelection()
  const frame = useRef<HTMLDivElement>(null)
  const shown = filter === 'all' ? tasks : tasks.filter(({ status }) => passes[filter](status))
  const { first, last } = useVisibleRows(frame, shown.length, rowHeight)
  const selected = useSelectedTask()
  const selectedRow = useMemo(() => shown.findIndex(({ index }) => index === selected), [shown, selected])

  const showSelected = useEffectEvent(() => {
    const element = frame.current
    if (!element || selectedRow < 0) return
    const top = selectedRow * rowHeight
    const isInSight = top >= element.scrollTop && top + 2 * rowHeight <= element.scrollTop + element.clientHeight
    if (!isInSight) element.scrollTo({ top: top - element.clientHeight / 3 })
  })
  // What is selected elsewhere comes into sight here, without moving the page. It need not stay there while other rows come and go.
  useEffect(() => showSelected(), [selected, filter])

  return (
    <Panel
      title={t('Every operation')}
      aside={<SegmentedControl label={t('Show')} options={shownOptions(filters)} value={filter} onChange={setFilter} />}
    >
      <div ref={frame} className={styles.frame} tabIndex={0} role="region" aria-label={t('Table of operations')}>
        <table className={styles.table} aria-rowcount={shown.length + 1}>
          <thead>
            <tr aria-rowindex={1}>
              {columns.map((column, place) => (
                <th key={place} scope="col">
                  {t(column)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody onPointerLeave={() => hover(null)}>
            <Spacer rows={first} />
            {shown.slice(first, last).map((task, row) => (
              <TaskRow key={task.id} task={task} rowIndex={first + row + 2} />
            ))}
            <Spacer rows={shown.length - last} />
          </tbody>
        </table>
        {shown.length === 0 && <p className={styles.none}>{t('None right now')}</p>}
      </div>
    </Panel>
  )
})

/** Stands for rows that are out of sight. */
const Spacer = ({ rows }: { rows: number }) =>
  rows > 0 && (
    <tr aria-hidden="true">
      <td colSpan={columns.length} className={styles.spacer} style={{ height: rows * rowHeight }} />
    </tr>
  )
