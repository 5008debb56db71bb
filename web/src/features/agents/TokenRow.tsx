import { useMutation } from 'urql'
import { Ago } from '../../components/Ago.tsx'
import { ConfirmedButton } from '../../components/ConfirmedButton.tsx'
import { graphql, readFragment, type FragmentOf } from '../../graphql.ts'
import styles from './TokenRow.module.css'

export const TokenRowFragment = graphql(`
  fragment TokenRow_agentToken on AgentToken {
    id
    name
    createdAt
    lastUsedAt
    revokedAt
  }
`)

const RevokeAgentTokenMutation = graphql(
  `
    mutation RevokeAgentToken($id: ID!) {
      revokeAgentToken(input: { id: $id }) {
        __typename
        ... on AgentToken {
          id
          ...TokenRow_agentToken
        }
        ... on Error {
          message
        }
      }
    }
  `,
  [TokenRowFragment],
)

export function TokenRow(props: { token: FragmentOf<typeof TokenRowFragment> }) {
  const { id, name, createdAt, lastUsedAt, revokedAt } = readFragment(TokenRowFragment, props.token)
  return (
    <li className={styles.row} data-revoked={revokedAt !== null || undefined}>
      <span className={styles.name}>{name}</span>
      <span className={styles.times}>
        created <Ago at={createdAt} />
        {' · '}
        {lastUsedAt === null ? (
          'never used'
        ) : (
          <>
            used <Ago at={lastUsedAt} />
          </>
        )}
      </span>
      {revokedAt === null ? (
        <Revoke id={id} name={name} />
      ) : (
        <span className={styles.times}>
          revoked <Ago at={revokedAt} />
        </span>
      )}
    </li>
  )
}

/** The token's agents are cut off at once. */
function Revoke({ id, name }: { id: string; name: string }) {
  const [{ fetching, data, error }, revoke] = useMutation(RevokeAgentTokenMutation)
  const result = data?.revokeAgentToken
  const problem = error ? 'Could not reach the server.' : result && 'message' in result ? result.message : null
  return (
    <ConfirmedButton
      action="Revoke"
      object={name}
      question="Cut off its agents?"
      problem={problem}
      isBusy={fetching}
      onConfirm={() => void revoke({ id })}
    />
  )
}
