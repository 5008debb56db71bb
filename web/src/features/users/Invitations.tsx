import { useState } from 'react'
import { useQuery } from 'urql'
import { Button } from '../../components/Button.tsx'
import { Notice } from '../../components/Notice.tsx'
import { Panel } from '../../components/Panel.tsx'
import { Skeleton } from '../../components/Skeleton.tsx'
import { graphql } from '../../graphql.ts'
import { t } from '../../language/t.ts'
import { InvitationRow, InvitationRowFragment } from './InvitationRow.tsx'
import { NewInvitation } from './NewInvitation.tsx'

const InvitationsQuery = graphql(
  `
    query Invitations($after: String) {
      invitations(first: 20, after: $after) {
        edges {
          node {
            id
            ...InvitationRow_invitation
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
      registration {
        mode
      }
    }
  `,
  [InvitationRowFragment],
)

/** For admins: who may register with what they were sent. */
export function Invitations() {
  const [after, setAfter] = useState<string | null>(null)
  const [{ data, error, fetching }, refetch] = useQuery({
    ...{ query: InvitationsQuery, variables: { after } },
    requestPolicy: 'cache-and-network',
  })
  const invitations = data?.invitations
  return (
    <Panel title={t('Invitations')}>
      <NewInvitation
        isNeeded={data?.registration.mode !== 'OPEN'}
        onCreated={() => {
          setAfter(null)
          refetch({ requestPolicy: 'network-only' })
        }}
      />
      {invitations ? (
        <>
          <ul aria-label={t('Invitations')}>
            {invitations.edges.map(({ node }) => (
              <InvitationRow key={node.id} invitation={node} />
            ))}
          </ul>
          {invitations.pageInfo.hasNextPage && (
            <div>
              <Button size="small" isBusy={fetching} onClick={() => setAfter(invitations.pageInfo.endCursor)}>
                {t('Load more')}
              </Button>
            </div>
          )}
        </>
      ) : error ? (
        <Notice tone="error">{t('The invitations could not be loaded.')}</Notice>
      ) : (
        <Skeleton height="3rem" />
      )}
    </Panel>
  )
}
