import { use, useEffect, useRef, useState } from 'react'
import { useQuery } from 'urql'
import { Button } from '../../components/Button.tsx'
import { Notice } from '../../components/Notice.tsx'
import { Skeleton } from '../../components/Skeleton.tsx'
import { graphql } from '../../graphql.ts'
import { ConnectionContext } from '../../transport/contexts.ts'
import { ExpressionItem, ExpressionItemFragment } from './ExpressionItem.tsx'
import styles from './ExpressionList.module.css'
import { variableOf, type ListFilter } from './list-filter.ts'
import { statusesOf } from './status-filter.ts'
import { useNearSight } from './useNearSight.ts'

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

interface Props {
  filter: ListFilter
  /** Null for the first page. */
  after: string | null
  /** What is known of it now: how many it has, and where the next page begins, if there is one. */
  onLoaded: (count: number, next: string | null) => void
}

/** Before a page has been there. */
const guessedHeight = 400

/** One page of a list, which is in the document only while it is near to what is seen: of 100 000 rows 150 are. */
export function ListPage(props: Props) {
  const frame = useRef<HTMLDivElement>(null)
  const { isNear, awayHeight } = useNearSight(frame, props.after === null ? null : guessedHeight)
  // Nobody asked anew for what was out of sight when a lost connection came back.
  const [hasMissed, setHasMissed] = useState(false)
  const connection = use(ConnectionContext)
  useEffect(
    () => (isNear ? undefined : connection?.reconnections.subscribe(() => setHasMissed(true))),
    [connection, isNear],
  )
  return (
    <div ref={frame} style={awayHeight === null ? undefined : { height: awayHeight }}>
      {isNear && <Rows {...props} hasMissed={hasMissed} />}
    </div>
  )
}

function Rows({ filter, after, onLoaded, hasMissed }: Props & { hasMissed: boolean }) {
  const [{ data, error }, refetch] = useQuery({
    query: ExpressionsQuery,
    variables: { after, filter: variableOf(filter) },
    requestPolicy: hasMissed ? 'cache-and-network' : 'cache-first',
  })

  // A snapshot has the newest only; what changed further down while the connection was lost is asked for.
  const connection = use(ConnectionContext)
  useEffect(
    () => connection?.reconnections.subscribe(() => refetch({ requestPolicy: 'network-only' })),
    [connection, refetch],
  )

  const statuses = statusesOf(filter.status)
  const expressions = data?.expressions?.edges
    .map(({ node }) => node)
    // One that has changed since leaves the list, one that has come by the subscription takes its place in it.
    .filter(({ status }) => statuses?.includes(status) ?? true)
    .sort((a, b) => b.createdAt.localeCompare(a.createdAt))

  const count = expressions?.length
  const next = data?.expressions?.pageInfo.hasNextPage === true ? data.expressions.pageInfo.endCursor : null
  useEffect(() => {
    if (count !== undefined) onLoaded(count, next)
  }, [count, next, onLoaded])

  if (expressions?.length === 0) return null
  if (expressions)
    return (
      <ul className={styles.page} aria-label="Expressions">
        {expressions.map((expression) => (
          <ExpressionItem key={expression.id} expression={expression} />
        ))}
      </ul>
    )
  return error ? (
    <Problem reason={error.graphQLErrors[0]?.message} retry={() => refetch({ requestPolicy: 'network-only' })} />
  ) : (
    <Waiting />
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
