import { useMutation } from 'urql'
import { Ago } from '../../components/Ago.tsx'
import { ConfirmedButton } from '../../components/ConfirmedButton.tsx'
import { GrantRow } from '../../components/GrantRow.tsx'
import { useNow } from '../../components/useNow.ts'
import { mutationProblem } from '../../components/mutation-problem.ts'
import { graphql, readFragment, type FragmentOf } from '../../graphql.ts'
import { t, tx } from '../../language/t.ts'

export const InvitationRowFragment = graphql(`
  fragment InvitationRow_invitation on Invitation {
    id
    name
    createdAt
    expiresAt
    usedAt
    revokedAt
  }
`)

const RevokeInvitationMutation = graphql(
  `
    mutation RevokeInvitation($id: ID!) {
      revokeInvitation(input: { id: $id }) {
        __typename
        ... on Invitation {
          id
          ...InvitationRow_invitation
        }
        ... on Error {
          code
          message
        }
      }
    }
  `,
  [InvitationRowFragment],
)

export function InvitationRow(props: { invitation: FragmentOf<typeof InvitationRowFragment> }) {
  const { id, name, createdAt, expiresAt, usedAt, revokedAt } = readFragment(InvitationRowFragment, props.invitation)
  const now = useNow()
  const isExpired = Date.parse(expiresAt) <= now
  const end = usedAt ?? revokedAt ?? (isExpired ? expiresAt : null)
  const word =
    usedAt !== null ? t('used@@invitation') : revokedAt !== null ? t('revoked@@invitation') : t('expired@@invitation')
  return (
    <GrantRow
      name={name}
      details={tx('created {when}@@invitation', { when: <Ago at={createdAt} /> })}
      action={<Revoke id={id} name={name} />}
      end={end === null ? null : { word, at: end }}
      isStruckOut={false}
    />
  )
}

function Revoke({ id, name }: { id: string; name: string }) {
  const [{ fetching, data, error }, revoke] = useMutation(RevokeInvitationMutation)
  const result = data?.revokeInvitation
  const problem = mutationProblem(result, error)
  return (
    <ConfirmedButton
      action={t('Revoke')}
      object={t('the invitation of {name}', { name })}
      question={t('Make its link useless?')}
      problem={problem}
      isBusy={fetching}
      onConfirm={() => void revoke({ id })}
    />
  )
}
