import { useMutation } from 'urql'
import { Ago } from '../../../components/Ago.tsx'
import { ConfirmedButton } from '../../../components/ConfirmedButton.tsx'
import { GrantRow } from '../../../components/GrantRow.tsx'
import { mutationProblem } from '../../../components/mutation-problem.ts'
import { formatDateTime } from '../../../format/time.ts'
import { graphql, type ResultOf } from '../../../graphql.ts'
import { t, tx } from '../../../language/t.ts'

export const ShareLinkRowFragment = graphql(`
  fragment ShareLinkRow_shareLink on ShareLink @_unmask {
    id
    createdAt
    expiresAt
    revokedAt
  }
`)

const RevokeShareLinkMutation = graphql(
  `
    mutation RevokeShareLink($id: ID!) {
      revokeShareLink(input: { id: $id }) {
        __typename
        ... on ShareLink {
          id
          ...ShareLinkRow_shareLink
        }
        ... on Error {
          code
          message
        }
      }
    }
  `,
  [ShareLinkRowFragment],
)

export function ShareLinkRow({ link }: { link: ResultOf<typeof ShareLinkRowFragment> }) {
  const { id, createdAt, expiresAt } = link
  const [{ fetching, data, error }, revoke] = useMutation(RevokeShareLinkMutation)
  const result = data?.revokeShareLink
  const problem = mutationProblem(result, error)
  return (
    <GrantRow
      name={expiresAt === null ? t('Until it is revoked') : t('Until {date}', { date: formatDateTime(expiresAt) })}
      details={tx('created {when}@@link', { when: <Ago at={createdAt} /> })}
      action={
        <ConfirmedButton
          action={t('Revoke')}
          object={t('this link')}
          question={t('Cut off who watches by it?')}
          problem={problem}
          isBusy={fetching}
          onConfirm={() => void revoke({ id })}
        />
      }
      end={null}
    />
  )
}
