import { useQuery } from 'urql'
import { EmptyState } from '../../components/EmptyState.tsx'
import { Notice } from '../../components/Notice.tsx'
import { Panel } from '../../components/Panel.tsx'
import { Skeleton } from '../../components/Skeleton.tsx'
import { graphql } from '../../graphql.ts'
import { t } from '../../language/t.ts'
import { NewPersonalToken } from './NewPersonalToken.tsx'
import { PersonalTokenRow, PersonalTokenRowFragment } from './PersonalTokenRow.tsx'
import styles from './PersonalTokens.module.css'

const PersonalTokensQuery = graphql(
  `
    query PersonalTokens {
      viewer {
        id
        role
        personalTokens {
          id
          ...PersonalTokenRow_personalToken
        }
      }
    }
  `,
  [PersonalTokenRowFragment],
)

/** What lets one's programs in without the password. */
export function PersonalTokens() {
  const [{ data, error }, refetch] = useQuery({ query: PersonalTokensQuery, requestPolicy: 'cache-and-network' })
  const viewer = data?.viewer
  return (
    <Panel title={t('Access tokens')}>
      <p>{t('Let scripts and programs work in your name, without your password. They cannot change your account.')}</p>
      <NewPersonalToken
        isAdmin={viewer?.role === 'ADMIN'}
        onCreated={() => refetch({ requestPolicy: 'network-only' })}
      />
      {viewer ? (
        viewer.personalTokens.length === 0 ? (
          <EmptyState title={t('No tokens yet')} />
        ) : (
          <ul className={styles.tokens} aria-label={t('Access tokens')}>
            {viewer.personalTokens.map((token) => (
              <PersonalTokenRow key={token.id} token={token} />
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
