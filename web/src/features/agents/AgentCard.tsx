import { Suspense } from 'react'
import { Ago } from '../../components/Ago.tsx'
import { StatusBadge } from '../../components/StatusBadge.tsx'
import { agentStateLook } from '../../format/status.ts'
import { graphql, readFragment, type FragmentOf } from '../../graphql.ts'
import { t, tx } from '../../language/t.ts'
import { useIsAdmin } from '../../transport/contexts.ts'
import { lazyPart } from '../../components/lazy-part.tsx'
import { AgentDetailsFragment } from './agent-details.ts'
import styles from './AgentCard.module.css'
import { DrainButton } from './DrainButton.tsx'
import { Refusals, RefusalsFragment } from './Refusals.tsx'
import { ReinstateButton } from './ReinstateButton.tsx'
import { Slots, SlotsFragment } from './Slots.tsx'

const AgentDetails = lazyPart(() => import('./AgentDetails.tsx'))

export const AgentCardFragment = graphql(
  `
    fragment AgentCard_agent on Agent {
      id
      name
      state
      slots
      busySlots
      createdAt
      lastHeartbeatAt
      ...Slots_agent
      ...Refusals_agent
      ...AgentDetails_agent
    }
  `,
  [SlotsFragment, RefusalsFragment, AgentDetailsFragment],
)

export function AgentCard(props: { agent: FragmentOf<typeof AgentCardFragment> }) {
  const agent = readFragment(AgentCardFragment, props.agent)
  const { id, name, state, slots, busySlots, createdAt, lastHeartbeatAt } = agent
  const isAdmin = useIsAdmin()
  const isConnected = state === 'ONLINE' || state === 'DRAINING'
  const isAway = state === 'OFFLINE' || state === 'SUSPENDED'
  return (
    <li className={styles.card} data-away={isAway || undefined}>
      <header className={styles.header}>
        <h2 className={styles.name}>{name}</h2>
        <StatusBadge look={agentStateLook[state]} />
      </header>
      {!isAway && <Slots agent={agent} />}
      <Refusals agent={agent} />
      <Suspense fallback={null}>
        <AgentDetails agent={agent} />
      </Suspense>
      <footer className={styles.footer}>
        <p className={styles.facts}>
          {!isAway && <span>{t('{busy} of {slots} busy', { busy: busySlots, slots })}</span>}
          <span>{isConnected ? t('connected') : <LastHeard at={lastHeartbeatAt} />}</span>
          <span>{tx('first seen {when}', { when: <Ago at={createdAt} /> })}</span>
        </p>
        {isAdmin && isConnected && <DrainButton id={id} name={name} isDraining={state === 'DRAINING'} />}
        {isAdmin && state === 'SUSPENDED' && <ReinstateButton id={id} name={name} />}
      </footer>
    </li>
  )
}

const LastHeard = ({ at }: { at: string }) => tx('last heard of {when}', { when: <Ago at={at} /> })
