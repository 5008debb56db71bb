import { formatDuration } from '../../format/duration.ts'
import { plural } from '../../format/number.ts'
import { graphql, readFragment, type FragmentOf } from '../../graphql.ts'
import styles from './PlanSummary.module.css'

export const PlanSummaryFragment = graphql(`
  fragment PlanSummary_plan on Plan {
    operationCount
    depth
    criticalPathMs
    regrouped
    grouped
    failure {
      message
    }
  }
`)

/** What a source will cost, before it is submitted. */
export function PlanSummary({ plan }: { plan: FragmentOf<typeof PlanSummaryFragment> }) {
  const { operationCount, depth, criticalPathMs, regrouped, grouped, failure } = readFragment(PlanSummaryFragment, plan)
  if (operationCount === 0) return <p className={styles.summary}>A number: nothing to compute.</p>
  if (failure !== null) return <p className={styles.failure}>This is bound to fail. {failure.message}</p>
  return (
    <p className={styles.summary}>
      <span>{plural(operationCount, 'operation')}</span>
      <span>depth {depth}</span>
      <span>{formatDuration(criticalPathMs)} at best</span>
      {regrouped && (
        <span className={styles.regrouped}>
          regrouped as <code title={grouped}>{grouped}</code>
        </span>
      )}
    </p>
  )
}
