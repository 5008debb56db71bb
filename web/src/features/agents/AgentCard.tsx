import { Ago } from '../../components/Ago.tsx'
import { StatusBadge } from '../../components/StatusBadge.tsx'
import { agentStateLook } from '../../format/status.ts'
import { graphql, readFragment, type FragmentOf } from '../../graphql.ts'
import { useIsAdmin } from '../../transport/contexts.ts'
import styles from './AgentCard.module.css'
import { DrainButton } from './DrainButton.tsx'
import { Refusals, RefusalsFragment } from './Refusals.tsx'
import { ReinstateButton } from './ReinstateButton.tsx'
import { Slots, SlotsFragment } from './Slots.tsx'

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
    }
  `,
  [SlotsFragment, RefusalsFragment],
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
      <footer className={styles.footer}>
        <p className={styles.facts}>
          {!isAway && (
            <span>
              {busySlots} of {slots} busy
            </span>
          )}
          <span>{isConnected ? 'connected' : <LastHeard at={lastHeartbeatAt} />}</span>
          <span>
            first seen <Ago at={createdAt} />
          </span>
        </p>
        {isAdmin && isConnected && <DrainButton id={id} name={name} isDraining={state === 'DRAINING'} />}
        {isAdmin && state === 'SUSPENDED' && <ReinstateButton id={id} name={name} />}
      </footer>
    </li>
  )
}

const LastHeard = ({ at }: { at: string }) => (
  <>
    last heard of <Ago at={at} />
  </>
)
