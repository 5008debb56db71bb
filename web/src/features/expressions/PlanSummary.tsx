import { serverText } from '../../components/server-text.tsx'
import { formatDuration } from '../../format/duration.ts'
import { graphql, readFragment, type FragmentOf } from '../../graphql.ts'
import { t, tx } from '../../language/t.ts'
import styles from './PlanSummary.module.css'

export const PlanSummaryFragment = graphql(`
  fragment PlanSummary_plan on Plan {
    operationCount
    depth
    criticalPathMs
    totalDurationMs
    regrouped
    savedMs
    grouped
    failure {
      code
      message
      span {
        position
      }
    }
  }
`)

/** What a source will cost, before it is submitted. */
export function PlanSummary({ plan }: { plan: FragmentOf<typeof PlanSummaryFragment> }) {
  const { operationCount, depth, criticalPathMs, totalDurationMs, regrouped, savedMs, grouped, failure } = readFragment(
    PlanSummaryFragment,
    plan,
  )
  if (operationCount === 0) return <p className={styles.summary}>{t('A number: nothing to compute.')}</p>
  if (failure !== null)
    return (
      <p className={styles.failure}>
        {tx('This is bound to fail. {reason}', { reason: serverText({ ...failure, position: failure.span.position }) })}
      </p>
    )
  return (
    <p className={styles.summary}>
      <span>{t('{count, plural, one {# operation} other {# operations}}', { count: operationCount })}</span>
      <span>{t('depth {depth}', { depth })}</span>
      <span>{t('{time} at best', { time: formatDuration(criticalPathMs) })}</span>
      {totalDurationMs > criticalPathMs && (
        <span>{t('{time} on one slot', { time: formatDuration(totalDurationMs) })}</span>
      )}
      {savedMs !== null && savedMs > 0 && (
        <span>{t('{time} saved by regrouping', { time: formatDuration(savedMs) })}</span>
      )}
      {regrouped && (
        <span className={styles.regrouped}>
          {tx('regrouped as {source}', { source: <code title={grouped}>{grouped}</code> })}
        </span>
      )}
    </p>
  )
}
