import { useState } from 'react'
import { useQuery } from 'urql'
import { Button } from '../../components/Button.tsx'
import { Notice } from '../../components/Notice.tsx'
import { Panel } from '../../components/Panel.tsx'
import { Skeleton } from '../../components/Skeleton.tsx'
import { graphql } from '../../graphql.ts'
import { t } from '../../language/t.ts'
import { UserRow, UserRowFragment } from './UserRow.tsx'

const UsersQuery = graphql(
  `
    query Users($after: String) {
      users(first: 20, after: $after) {
        edges {
          node {
            id
            ...UserRow_user
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  `,
  [UserRowFragment],
)

/** For admins: who may sign in, and who is an admin. */
export function Users() {
  const [after, setAfter] = useState<string | null>(null)
  const [{ data, error, fetching }] = useQuery({
    query: UsersQuery,
    variables: { after },
    requestPolicy: 'cache-and-network',
  })
  const users = data?.users
  return (
    <Panel title={t('Users')}>
      {users ? (
        <>
          <ul aria-label={t('Users')}>
            {users.edges.map(({ node }) => (
              <UserRow key={node.id} user={node} />
            ))}
          </ul>
          {users.pageInfo.hasNextPage && (
            <div>
              <Button size="small" isBusy={fetching} onClick={() => setAfter(users.pageInfo.endCursor)}>
                {t('Load more')}
              </Button>
            </div>
          )}
        </>
      ) : error ? (
        <Notice tone="error">{t('The users could not be loaded.')}</Notice>
      ) : (
        <Skeleton height="6rem" />
      )}
    </Panel>
  )
}
