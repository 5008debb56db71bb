import { Fact, Facts } from '../../components/Facts.tsx'
import { formatDuration } from '../../format/duration.ts'
import { formatCount } from '../../format/number.ts'
import { isUnfinished } from '../../format/status.ts'
import { graphql, readFragment, type FragmentOf } from '../../graphql.ts'
import { t } from '../../language/t.ts'
import styles from './PlanFacts.module.css'

export const PlanFactsFragment = graphql(`
  fragment PlanFacts_expression on Expression {
    id
    status
    plan {
      operationCount
      depth
      criticalPathMs
      totalDurationMs
      regrouped
      grouped
    }
  }
`)

/** What the plan says about the work, whatever the agents do. Of one that has finished no times: it ran by the durations of its day. */
export function PlanFacts(props: { expression: FragmentOf<typeof PlanFactsFragment> }) {
  const { plan, status } = readFragment(PlanFactsFragment, props.expression)
  if (plan.operationCount === 0) return null
  return (
    <section className={styles.plan} aria-labelledby="plan">
      <h2 id="plan" className="visually-hidden">
        {t('Plan')}
      </h2>
      <Facts>
        <Fact name={t('Operations')}>{formatCount(plan.operationCount)}</Fact>
        <Fact name={t('Depth')} note={t('Operations on the longest chain')}>
          {formatCount(plan.depth)}
        </Fact>
        {isUnfinished(status) && (
          <>
            <Fact name={t('At best')} note={t('With unlimited agents, by the durations of today')}>
              {formatDuration(plan.criticalPathMs)}
            </Fact>
            <Fact name={t('On one slot')} note={t('One operation after the other, by the durations of today')}>
              {formatDuration(plan.totalDurationMs)}
            </Fact>
          </>
        )}
      </Facts>
      {plan.regrouped && (
        <p className={styles.regrouped}>
          <span>{t('Regrouped to finish sooner, with the same result:')}</span>
          <code className={styles.grouped} tabIndex={0} role="region" aria-label={t('Regrouped source')}>
            {plan.grouped}
          </code>
        </p>
      )}
    </section>
  )
}
