import type { ReactNode } from 'react'
import { Button } from '../../../components/Button.tsx'
import { Elapsed } from '../../../components/Elapsed.tsx'
import { StatusBadge } from '../../../components/StatusBadge.tsx'
import { formatNumber } from '../../../format/number.ts'
import { operationTitle } from '../../../format/operation.ts'
import { formatClockTime } from '../../../format/time.ts'
import { t } from '../../../language/t.ts'
import { laterOf, useShownSecond } from '../timeline/useTimeCursor.ts'
import { useSelectedTask, useSelection, useShownTask } from '../selection.ts'
import type { Task } from '../useTasks.ts'
import { writeTask } from './describe-task.ts'
import { ExactValue } from './ExactValue.tsx'
import { lookOf } from './task-look.ts'
import styles from './TaskPanel.module.css'
import { whyItWaits } from './why-it-waits.ts'

interface Props {
  tasks: readonly Task[]
  /** Whether they are of a recording, of which no server can be asked more. */
  isRecorded?: boolean
}

/** All about the task that somebody looks at: it floats while that is pointed at, and stays where it is selected. */
export function TaskPanel({ tasks, isRecorded = false }: Props) {
  const { select } = useSelection()
  const shown = useShownTask()
  const isPinned = useSelectedTask() === shown
  const task = shown === null ? undefined : tasks[shown]
  if (!task) return null
  return (
    <aside
      className={styles.panel}
      data-pinned={isPinned || undefined}
      aria-label={t('Selected operation')}
      onKeyDown={({ key }) => key === 'Escape' && select(null)}
    >
      <header className={styles.header}>
        <h2 className={styles.title}>
          <span className={styles.number}>#{task.index + 1}</span> {operationTitle(task.operation)}
        </h2>
        <StatusBadge look={lookOf(task)} />
        {isPinned && (
          <Button size="small" look="quiet" aria-label={t('Close')} onClick={() => select(null)}>
            ✕
          </Button>
        )}
      </header>
      <p className={styles.written}>{writeTask(task)}</p>
      <TaskFacts task={task} isExact={isPinned && !isRecorded} />
    </aside>
  )
}

function TaskFacts({ task, isExact }: { task: Task; isExact: boolean }) {
  const { id, status, result, agent, attempt, startedAt, finishedAt, failedAttempts } = task
  const why = whyItWaits(task)
  const shownAt = useShownSecond()
  const variables = task.spans.flatMap((span) => span.variables)
  return (
    <>
      {why !== null && (
        <p className={styles.why} role="status">
          {why}
        </p>
      )}
      <dl className={styles.facts}>
        {result && (
          <div className={styles.fact}>
            <dt>{t('Value')}</dt>
            {isExact ? <ExactValue id={id} short={result.short} /> : <dd>{formatNumber(result.short)}</dd>}
          </div>
        )}
        {variables.length > 0 && (
          <Fact name={t('Where')}>
            {[...new Set(variables.map(({ name, value }) => `${name} = ${formatNumber(value)}`))]
              .slice(0, 6)
              .join(', ')}
          </Fact>
        )}
        {agent && <Fact name={t('Agent')}>{agent.name}</Fact>}
        {attempt > 0 && (
          <Fact name={t('Attempt')}>
            {attempt}
            {failedAttempts.length > 0 &&
              `, ${t('{count, plural, one {# failed} other {# failed}}', { count: failedAttempts.length })}`}
          </Fact>
        )}
        {startedAt !== null && <Fact name={t('Started')}>{formatClockTime(startedAt)}</Fact>}
        {startedAt !== null && (finishedAt !== null || status === 'ASSIGNED') && (
          <Fact name={finishedAt === null ? t('Running for') : t('Took')}>
            <Elapsed from={startedAt} to={finishedAt ?? laterOf(startedAt, shownAt)} />
          </Fact>
        )}
        {task.spans.length > 1 && (
          <Fact name={t('Stands')}>
            {t('{count, plural, one {# time} other {# times}} in the source, computed once', {
              count: task.spans.length,
            })}
          </Fact>
        )}
      </dl>
    </>
  )
}

const Fact = ({ name, children }: { name: string; children: ReactNode }) => (
  <div className={styles.fact}>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
)
