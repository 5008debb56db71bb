import { useMutation } from 'urql'
import { ConfirmedButton } from '../../components/ConfirmedButton.tsx'
import { GrantRow } from '../../components/GrantRow.tsx'
import { LastUse } from '../../components/LastUse.tsx'
import { useNow } from '../../components/useNow.ts'
import { mutationProblem } from '../../components/mutation-problem.ts'
import { formatDate } from '../../format/time.ts'
import { graphql, readFragment, type FragmentOf } from '../../graphql.ts'
import { msg, t } from '../../language/t.ts'

export const PersonalTokenRowFragment = graphql(`
  fragment PersonalTokenRow_personalToken on PersonalToken {
    id
    name
    scopes
    expiresAt
    lastUsedAt
    revokedAt
  }
`)

const RevokePersonalTokenMutation = graphql(
  `
    mutation RevokePersonalToken($id: ID!) {
      revokePersonalToken(input: { id: $id }) {
        __typename
        ... on PersonalToken {
          id
          ...PersonalTokenRow_personalToken
        }
        ... on Error {
          code
          message
        }
      }
    }
  `,
  [PersonalTokenRowFragment],
)

const words = { READ: msg('reads'), SUBMIT: msg('submits'), ADMIN: msg('does what admins do') } as const

export function PersonalTokenRow(props: { token: FragmentOf<typeof PersonalTokenRowFragment> }) {
  const token = readFragment(PersonalTokenRowFragment, props.token)
  const { id, name, scopes, expiresAt, lastUsedAt, revokedAt } = token
  const isExpired = Date.parse(expiresAt) <= useNow()
  const end = revokedAt ?? (isExpired ? expiresAt : null)
  return (
    <GrantRow
      name={name}
      details={
        <>
          {scopes.map((scope) => t(words[scope])).join(', ')}
          {' · '}
          <LastUse at={lastUsedAt} />
          {end === null && ` · ${t('until {date}', { date: formatDate(expiresAt) })}`}
        </>
      }
      action={<Revoke id={id} name={name} />}
      end={end === null ? null : { word: revokedAt === null ? t('expired') : t('revoked@@token'), at: end }}
    />
  )
}

/** The token's programs are cut off at once. */
function Revoke({ id, name }: { id: string; name: string }) {
  const [{ fetching, data, error }, revoke] = useMutation(RevokePersonalTokenMutation)
  const result = data?.revokePersonalToken
  const problem = mutationProblem(result, error)
  return (
    <ConfirmedButton
      action={t('Revoke')}
      object={name}
      question={t('Cut off what uses it?')}
      problem={problem}
      isBusy={fetching}
      onConfirm={() => void revoke({ id })}
    />
  )
}
