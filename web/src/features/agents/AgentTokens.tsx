import { useQuery } from 'urql'
import { EmptyState } from '../../components/EmptyState.tsx'
import { Notice } from '../../components/Notice.tsx'
import { Panel } from '../../components/Panel.tsx'
import { Skeleton } from '../../components/Skeleton.tsx'
import { graphql } from '../../graphql.ts'
import { t } from '../../language/t.ts'
import styles from './AgentTokens.module.css'
import { NewToken } from './NewToken.tsx'
import { TokenRow, TokenRowFragment } from './TokenRow.tsx'

const AgentTokensQuery = graphql(
  `
    query AgentTokens {
      agentTokens {
        id
        ...TokenRow_agentToken
      }
    }
  `,
  [TokenRowFragment],
)

/** For admins: what lets agents in. */
export function AgentTokens() {
  const [{ data, error }] = useQuery({ query: AgentTokensQuery, requestPolicy: 'cache-and-network' })
  return (
    <Panel title={t('Agent tokens')}>
      <NewToken />
      {data?.agentTokens ? (
        data.agentTokens.length === 0 ? (
          <EmptyState title={t('No tokens yet')} />
        ) : (
          <ul className={styles.tokens} aria-label={t('Agent tokens')}>
            {data.agentTokens.map((token) => (
              <TokenRow key={token.id} token={token} />
            ))}
          </ul>
        )
      ) : error ? (
        <Notice tone="error">{t('The tokens could not be loaded.')}</Notice>
      ) : (
        <Skeleton height="6rem" />
      )}
    </Panel>
  )
}
