import { useMutation } from 'urql'
import { Ago } from '../../components/Ago.tsx'
import { ConfirmedButton } from '../../components/ConfirmedButton.tsx'
import { GrantRow } from '../../components/GrantRow.tsx'
import { LastUse } from '../../components/LastUse.tsx'
import { mutationProblem } from '../../components/mutation-problem.ts'
import { graphql, readFragment, type FragmentOf } from '../../graphql.ts'
import { t, tx } from '../../language/t.ts'

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
          code
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
    <GrantRow
      name={name}
      details={
        <>
          {tx('created {when}@@token', { when: <Ago at={createdAt} /> })}
          {' · '}
          <LastUse at={lastUsedAt} />
        </>
      }
      action={<Revoke id={id} name={name} />}
      end={revokedAt === null ? null : { word: t('revoked@@token'), at: revokedAt }}
    />
  )
}

/** The token's agents are cut off at once. */
function Revoke({ id, name }: { id: string; name: string }) {
  const [{ fetching, data, error }, revoke] = useMutation(RevokeAgentTokenMutation)
  const result = data?.revokeAgentToken
  const problem = mutationProblem(result, error)
  return (
    <ConfirmedButton
      action={t('Revoke')}
      object={name}
      question={t('Cut off its agents?')}
      problem={problem}
      isBusy={fetching}
      onConfirm={() => void revoke({ id })}
    />
  )
}
