import { memo } from 'react'
import { Panel } from '../../components/Panel.tsx'
import { formatDuration } from '../../format/duration.ts'
import { formatCount } from '../../format/number.ts'
import { operationSign } from '../../format/operation.ts'
import { formatClockTime } from '../../format/time.ts'
import { graphql, readFragment, type FragmentOf, type ResultOf } from '../../graphql.ts'
import { useLanguage } from '../../language/language.ts'
import { msg, t, type Message } from '../../language/t.ts'
import styles from './FailedAttempts.module.css'

export const AttemptFragment = graphql(`
  fragment Attempts_task on Task @_unmask {
    id
    index
    operation
    failedAttempts {
      number
      outcome
      message
      startedAt
      endedAt
      agent {
        id
        name
        slots
      }
    }
  }
`)

type TaskData = ResultOf<typeof AttemptFragment>
type Attempt = TaskData['failedAttempts'][number]

const outcomeWords: Readonly<Record<Attempt['outcome'], Message>> = {
  AGENT_ERROR: msg('error of the agent'),
  AGENT_LOST: msg('agent lost'),
  OVERDUE: msg('overdue'),
  REFUSED: msg('result refused'),
}

const shownAtMost = 100

/** Who tried and how it ended, newest first. Nothing where nothing failed. */
export const FailedAttempts = memo(function FailedAttempts(props: {
  tasks: readonly FragmentOf<typeof AttemptFragment>[]
}) {
  useLanguage()
  const attempts = readFragment(AttemptFragment, props.tasks)
    .flatMap((task) => task.failedAttempts.map((attempt) => ({ task, attempt })))
    .sort((a, b) => b.attempt.endedAt.localeCompare(a.attempt.endedAt))
  if (attempts.length === 0) return null
  return (
    <Panel title={t('Failed attempts')} aside={<span className={styles.count}>{formatCount(attempts.length)}</span>}>
      <ul className={styles.attempts}>
        {attempts.slice(0, shownAtMost).map(({ task, attempt }) => (
          <AttemptItem key={`${task.id} ${attempt.number}`} task={task} attempt={attempt} />
        ))}
      </ul>
    </Panel>
  )
})

function AttemptItem({ task, attempt }: { task: TaskData; attempt: Attempt }) {
  const tookMs = Date.parse(attempt.endedAt) - Date.parse(attempt.startedAt)
  return (
    <li className={styles.attempt}>
      <span className={styles.task}>
        #{task.index + 1} {operationSign(task.operation)}
      </span>
      <span>
        {t('Attempt {number}: {outcome}', { number: attempt.number, outcome: t(outcomeWords[attempt.outcome]) })}
        {attempt.agent && ` (${attempt.agent.name})`}
      </span>
      <span className={styles.message} lang="en">
        {attempt.message}
      </span>
      <span className={styles.time}>
        {t('{time} after {duration}', { time: formatClockTime(attempt.endedAt), duration: formatDuration(tookMs) })}
      </span>
    </li>
  )
}
