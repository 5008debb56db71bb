import { useQuery } from 'urql'
import { Panel } from '../../components/Panel.tsx'
import { graphql } from '../../graphql.ts'
import { t } from '../../language/t.ts'
import { OwnAgentRow, OwnAgentFragment } from './OwnAgentRow.tsx'
import styles from './OwnAgents.module.css'

const OwnAgentsQuery = graphql(
  `
    query OwnAgents {
      ownAgents {
        ...OwnAgent_agent
      }
    }
  `,
  [OwnAgentFragment],
)

/** For admins, where the server has started agents of its own: killing one shows how its work moves. */
export function OwnAgents() {
  const [{ data }] = useQuery({ query: OwnAgentsQuery, requestPolicy: 'network-only' })
  if (!data || data.ownAgents.length === 0) return null
  return (
    <Panel title={t('Agents of this server')}>
      <p className={styles.note}>
        {t('Kill one while it computes, as a power cut would: what it had goes to others, and nothing is lost.')}
      </p>
      <ul className={styles.agents} aria-label={t('Agents of this server')}>
        {data.ownAgents.map((agent) => (
          <OwnAgentRow key={agent.name} agent={agent} />
        ))}
      </ul>
    </Panel>
  )
}
