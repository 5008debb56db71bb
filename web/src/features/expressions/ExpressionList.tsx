import { use, useEffect, useState } from 'react'
import { useQuery, useSubscription } from 'urql'
import { Button } from '../../components/Button.tsx'
import { EmptyState } from '../../components/EmptyState.tsx'
import { Notice } from '../../components/Notice.tsx'
import { Skeleton } from '../../components/Skeleton.tsx'
import { graphql } from '../../graphql.ts'
import { ConnectionContext } from '../../transport/contexts.ts'
import { Examples } from './Examples.tsx'
import { ExpressionItem, ExpressionItemFragment } from './ExpressionItem.tsx'
import styles from './ExpressionList.module.css'
import { statusesOf, type StatusFilterValue } from './status-filter.ts'

const ExpressionsQuery = graphql(
  `
    query Expressions($after: String, $filter: ExpressionFilter) {
      expressions(first: 50, after: $after, filter: $filter) {
        edges {
          node {
            id
            version
            status
            createdAt
            ...ExpressionItem_expression
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  `,
  [ExpressionItemFragment],
)

const ExpressionsSubscription = graphql(
  `
    subscription ExpressionsChanged {
      expressionsChanged {
        id
        version
        status
        createdAt
        ...ExpressionItem_expression
      }
    }
  `,
  [ExpressionItemFragment],
)

interface Props {
  filter: StatusFilterValue
  onPickExample: (source: string) => void
}

/** The user's expressions, newest first, live. */
export function ExpressionList({ filter, onPickExample }: Props) {
  const [after, setAfter] = useState<string | null>(null)
  const statuses = statusesOf(filter)
  const [{ data, error, fetching }, refetch] = useQuery({
    query: ExpressionsQuery,
    variables: { after, filter: statuses && { statuses: [...statuses] } },
  })
  // It writes to the cache, from which the query above is read anew.
  useSubscription({ query: ExpressionsSubscription })

  // A snapshot has the newest only; what changed further down while the connection was lost is asked for.
  const connection = use(ConnectionContext)
  useEffect(
    () => connection?.reconnections.subscribe(() => refetch({ requestPolicy: 'network-only' })),
    [connection, refetch],
  )

  if (!data)
    return error ? (
      <Problem reason={error.graphQLErrors[0]?.message} retry={() => refetch({ requestPolicy: 'network-only' })} />
    ) : (
      <Waiting />
    )

  const { edges, pageInfo } = data.expressions
  const expressions = edges
    .map(({ node }) => node)
    // One that has changed since leaves the list, one that has come by the subscription takes its place in it.
    .filter(({ status }) => statuses?.includes(status) ?? true)
    .sort((a, b) => b.createdAt.localeCompare(a.createdAt))

  if (expressions.length === 0 && !pageInfo.hasNextPage)
    return filter === 'all' ? (
      <EmptyState title="Nothing here yet">
        <p>Write an expression above, or begin with one of these:</p>
        <Examples onPick={onPickExample} />
      </EmptyState>
    ) : (
      <EmptyState title="None of your expressions is in this state" />
    )

  return (
    <>
      <ul className={styles.list} aria-label="Expressions">
        {expressions.map((expression) => (
          <ExpressionItem key={expression.id} expression={expression} />
        ))}
      </ul>
      {pageInfo.hasNextPage && (
        <div className={styles.more}>
          <Button isBusy={fetching} onClick={() => setAfter(pageInfo.endCursor)}>
            Load more
          </Button>
        </div>
      )}
    </>
  )
}

function Problem({ reason, retry }: { reason: string | undefined; retry: () => void }) {
  return (
    <Notice
      tone="error"
      action={
        <Button size="small" onClick={retry}>
          Try again
        </Button>
      }
    >
      Your expressions could not be loaded.{reason !== undefined && ` ${reason}`}
    </Notice>
  )
}

const Waiting = () => (
  <div className={styles.waiting} aria-busy="true">
    {Array.from({ length: 6 }, (_, index) => (
      <Skeleton key={index} height="2.25rem" />
    ))}
  </div>
)
