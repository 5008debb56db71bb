import { Suspense, type ReactNode } from 'react'
import { useQuery, useSubscription } from 'urql'
import { Button } from '../../components/Button.tsx'
import { EmptyState } from '../../components/EmptyState.tsx'
import { Notice } from '../../components/Notice.tsx'
import { Skeleton } from '../../components/Skeleton.tsx'
import { lazyPart } from '../../components/lazy-part.tsx'
import { graphql } from '../../graphql.ts'
import { t } from '../../language/t.ts'
import { useReconnected } from '../../transport/useReconnected.ts'
import { AgentCard, AgentCardFragment } from './AgentCard.tsx'
import styles from './AgentsPage.module.css'
import { ChartsPlace } from './charts/ChartsPlace.tsx'
import { ClusterStrip, ClusterStripFragment } from './ClusterStrip.tsx'

/** Nobody needs it before there is something to see. */
const TaskStream = lazyPart(() => import('./work/TaskStream.tsx'))

const Charts = lazyPart(() => import('./charts/Charts.tsx'))

const AgentsQuery = graphql(
  `
    query Agents {
      agents {
        id
        version
        state
        name
        forgottenAt
        ...AgentCard_agent
      }
      clusterStats {
        ...ClusterStrip_stats
      }
    }
  `,
  [AgentCardFragment, ClusterStripFragment],
)

const AgentsSubscription = graphql(
  `
    subscription AgentsChanged {
      agentsChanged {
        id
        version
        state
        name
        forgottenAt
        ...AgentCard_agent
      }
    }
  `,
  [AgentCardFragment],
)

const ClusterStatsSubscription = graphql(
  `
    subscription ClusterStatsChanged {
      clusterStatsChanged {
        ...ClusterStrip_stats
      }
    }
  `,
  [ClusterStripFragment],
)

/** Who computes, and what each computes right now. Under it stands what is for admins. */
export function AgentsPage({ children }: { children: ReactNode }) {
  const [{ data, error }, refetch] = useQuery({ query: AgentsQuery, requestPolicy: 'cache-and-network' })
  // Changes tell of the agents that there are, and not of those that have gone.
  useReconnected(() => refetch({ requestPolicy: 'network-only' }))
  // Both write to the cache, from which the query above is read anew.
  useSubscription({ query: AgentsSubscription })
  useSubscription({ query: ClusterStatsSubscription })

  return (
    <div className={styles.page}>
      <title>{t('Agents · Reckon')}</title>
      <h1>{t('Agents')}</h1>
      {data?.agents && data.clusterStats ? (
        <>
          <ClusterStrip stats={data.clusterStats} />
          <Suspense fallback={<Skeleton height="15rem" />}>
            <TaskStream agents={data.agents} />
          </Suspense>
          <Suspense fallback={<ChartsPlace />}>
            <Charts />
          </Suspense>
          <AgentList agents={data.agents} />
        </>
      ) : error ? (
        <Notice
          tone="error"
          action={
            <Button size="small" onClick={() => refetch({ requestPolicy: 'network-only' })}>
              {t('Try again')}
            </Button>
          }
        >
          {t('The agents could not be loaded.')}
        </Notice>
      ) : (
        <>
          <Skeleton height="5.5rem" />
          <Skeleton height="12rem" />
        </>
      )}
      {children}
    </div>
  )
}

type Agent = Parameters<typeof AgentCard>[0]['agent'] & {
  id: string
  name: string
  state: string
  forgottenAt: string | null
}

/** Those that are there first, each group by name. */
function AgentList({ agents: known }: { agents: readonly Agent[] }) {
  const agents = known.filter(({ forgottenAt }) => forgottenAt === null)
  if (agents.length === 0)
    return (
      <EmptyState title={t('No agent has come yet')}>
        <p>
          {t(
            'Expressions wait until there is one. An admin makes a token, with which an agent is started on any machine.',
          )}
        </p>
      </EmptyState>
    )
  const rank = ({ state }: Agent) => (state === 'OFFLINE' ? 1 : 0)
  const sorted = agents.toSorted((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name, 'en', { numeric: true }))
  return (
    <ul className={styles.agents} aria-label={t('Agents')}>
      {sorted.map((agent) => (
        <AgentCard key={agent.id} agent={agent} />
      ))}
    </ul>
  )
}
