import { formatCount } from '../../format/number.ts'
import { readFragment, type FragmentOf } from '../../graphql.ts'
import { t } from '../../language/t.ts'
import { useIsAdmin } from '../../transport/contexts.ts'
import { AgentDetailsFragment } from './agent-details.ts'
import styles from './AgentDetails.module.css'
import { ForgetButton } from './ForgetButton.tsx'

/** What an agent is, how busy it is, and what it has done. */
export default function AgentDetails(props: { agent: FragmentOf<typeof AgentDetailsFragment> }) {
  const agent = readFragment(AgentDetailsFragment, props.agent)
  const { id, name, state, utilisation, tasksPerSecond, programVersion, host } = agent
  const isAdmin = useIsAdmin()
  const isThere = state !== 'OFFLINE' && state !== 'SUSPENDED'
  return (
    <div className={styles.details}>
      {isThere && (
        <p className={styles.load}>
          <meter
            className={styles.meter}
            min={0}
            max={1}
            value={utilisation ?? 0}
            aria-label={t('Slots in use over the last minute')}
          />
          <span>{utilisation === null ? '–' : `${Math.round(100 * utilisation)} %`}</span>
          <span className={styles.quiet}>{t('{rate} a second', { rate: formatCount(tasksPerSecond) })}</span>
        </p>
      )}
      <p className={styles.quiet}>
        <span>{t('{count} done', { count: agent.tasksDone })}</span>
        {agent.tasksFailed > 0 && <span>{t('{count} failed', { count: agent.tasksFailed })}</span>}
        {agent.tasksLost > 0 && <span>{t('{count} lost', { count: agent.tasksLost })}</span>}
        {programVersion !== null && <span>{t('version {version}', { version: programVersion })}</span>}
        {host !== null && <span className={styles.host}>{t('on {host}', { host })}</span>}
      </p>
      {isAdmin && state === 'OFFLINE' && <ForgetButton id={id} name={name} />}
    </div>
  )
}
