import { Ago } from '../../components/Ago.tsx'
import { Elapsed } from '../../components/Elapsed.tsx'
import { Notice } from '../../components/Notice.tsx'
import { ProgressBar } from '../../components/ProgressBar.tsx'
import { serverText } from '../../components/server-text.tsx'
import { StatusBadge } from '../../components/StatusBadge.tsx'
import { shorten } from '../../format/number.ts'
import { expressionStatusLook, isUnfinished } from '../../format/status.ts'
import { graphql, readFragment, type FragmentOf, type ResultOf } from '../../graphql.ts'
import { t, tx } from '../../language/t.ts'
import { CancelButton } from './CancelButton.tsx'
import { DeleteButton } from './DeleteButton.tsx'
import { PredictionLine } from './prediction/PredictionLine.tsx'
import { RetryButton } from './RetryButton.tsx'
import { ShareButton } from './share/ShareButton.tsx'
import { useIsShared } from './shared.ts'
import { SourceView } from './source/SourceView.tsx'
import styles from './Summary.module.css'
import type { Durations } from './task/useDurations.ts'
import type { Task } from './useTasks.ts'

export const SummaryFragment = graphql(`
  fragment Summary_expression on Expression {
    id
    source
    status
    progress {
      completed
      total
    }
    error {
      code
      message
      span {
        position
        length
      }
    }
    createdAt
    startedAt
    finishedAt
  }
`)

/** For the tab: how far it has come, and what it is. */
export function titleOf({
  source,
  status,
  progress,
}: Pick<ResultOf<typeof SummaryFragment>, 'source' | 'status' | 'progress'>) {
  const { completed, total } = progress
  const standing =
    status === 'RUNNING'
      ? `${Math.floor((100 * completed) / Math.max(1, total))} %`
      : t(expressionStatusLook[status].word)
  return `${standing} · ${shorten(source.replace(/\s+/g, ' '), 40)} · Reckon`
}

interface Props {
  expression: FragmentOf<typeof SummaryFragment>
  plan: readonly Task[]
  tasks: readonly Task[]
  durations: Durations
}

/** What the expression is and how far it has come. */
export function Summary({ plan, tasks, durations, ...props }: Props) {
  const expression = readFragment(SummaryFragment, props.expression)
  const isShared = useIsShared()
  const { id, source, status, progress, error, createdAt, startedAt, finishedAt } = expression
  return (
    <section className={styles.summary} aria-labelledby="source">
      <title>{titleOf(expression)}</title>
      <header className={styles.header}>
        <div role="status">
          <StatusBadge look={expressionStatusLook[status]} />
        </div>
        <p className={styles.times}>
          <span>{tx('submitted {when}', { when: <Ago at={createdAt} /> })}</span>
          {startedAt !== null && status !== 'QUEUED' && (
            <span>
              {finishedAt === null
                ? tx('running for {time}', { time: <Elapsed from={startedAt} to={null} /> })
                : tx('took {time}', { time: <Elapsed from={startedAt} to={finishedAt} /> })}
            </span>
          )}
        </p>
        {!isShared && (
          <div className={styles.actions}>
            {isUnfinished(status) && <CancelButton id={id} />}
            {/* Whatever else it failed for, it would fail for again. */}
            {error?.code === 'ATTEMPTS_SPENT' && <RetryButton id={id} />}
            <DeleteButton id={id} />
            <ShareButton id={id} />
          </div>
        )}
      </header>
      <h1 id="source" className="visually-hidden">
        {t('Expression')}
      </h1>
      <SourceView
        source={source}
        plan={plan}
        tasks={tasks}
        durations={durations}
        isRunning={status === 'RUNNING'}
        failure={error?.span ?? null}
      />
      {error && <Notice tone="error">{serverText({ ...error, position: error.span?.position })}</Notice>}
      {progress.total > 0 && (
        <div className={styles.progress}>
          <ProgressBar {...progress} tone={expressionStatusLook[status].tone} label={t('Operations computed')} />
          <span className={styles.count}>
            {t('{completed} of {total, plural, one {# operation} other {# operations}}', progress)}
          </span>
        </div>
      )}
      {isUnfinished(status) && !isShared && <PredictionLine id={id} />}
    </section>
  )
}
