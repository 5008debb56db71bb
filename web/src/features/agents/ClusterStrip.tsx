import { Fact, Facts } from '../../components/Facts.tsx'
import { formatCount } from '../../format/number.ts'
import { graphql, readFragment, type FragmentOf } from '../../graphql.ts'
import { t, tx } from '../../language/t.ts'
import styles from './ClusterStrip.module.css'

export const ClusterStripFragment = graphql(`
  fragment ClusterStrip_stats on ClusterStats {
    replicas
    agents
    slots
    busySlots
    runningExpressions
    readyTasks
    tasksPerSecond
  }
`)

/** The whole cluster in a few numbers. */
export function ClusterStrip(props: { stats: FragmentOf<typeof ClusterStripFragment> }) {
  const stats = readFragment(ClusterStripFragment, props.stats)
  return (
    <div className={styles.strip}>
      <Facts>
        <Fact name={t('Agents')}>{formatCount(stats.agents)}</Fact>
        <Fact name={t('Slots busy')}>
          {tx('{busy} <rest>of {slots}</rest>', {
            busy: stats.busySlots,
            slots: stats.slots,
            rest: (inside) => <span className={styles.of}>{inside}</span>,
          })}
        </Fact>
        <Fact name={t('Operations a second')} note={t('Over the last ten seconds')}>
          {formatCount(stats.tasksPerSecond)}
        </Fact>
        <Fact name={t('Ready tasks')} note={t('Operands known, waiting for a slot')}>
          {formatCount(stats.readyTasks)}
        </Fact>
        <Fact name={t('Running expressions')}>{formatCount(stats.runningExpressions)}</Fact>
        <Fact name={t('Server replicas')}>{formatCount(stats.replicas)}</Fact>
      </Facts>
    </div>
  )
}
