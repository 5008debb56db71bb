import { Fact, Facts } from '../../components/Facts.tsx'
import { formatCount } from '../../format/number.ts'
import { graphql, readFragment, type FragmentOf } from '../../graphql.ts'
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
        <Fact name="Agents">{formatCount(stats.agents)}</Fact>
        <Fact name="Slots busy">
          {formatCount(stats.busySlots)} <span className={styles.of}>of {formatCount(stats.slots)}</span>
        </Fact>
        <Fact name="Operations a second" note="Over the last ten seconds">
          {formatCount(stats.tasksPerSecond)}
        </Fact>
        <Fact name="Ready tasks" note="Operands known, waiting for a slot">
          {formatCount(stats.readyTasks)}
        </Fact>
        <Fact name="Running expressions">{formatCount(stats.runningExpressions)}</Fact>
        <Fact name="Server replicas">{formatCount(stats.replicas)}</Fact>
      </Facts>
    </div>
  )
}
