import { useQuery, useSubscription } from 'urql'
import { Button } from '../../components/Button.tsx'
import { Notice } from '../../components/Notice.tsx'
import { Skeleton } from '../../components/Skeleton.tsx'
import { graphql } from '../../graphql.ts'
import { useIsAdmin } from '../../transport/contexts.ts'
import { DurationsForm } from './DurationsForm.tsx'
import { OperationRow, OperationRowFragment } from './OperationRow.tsx'
import styles from './OperationsPage.module.css'

const OperationsQuery = graphql(
  `
    query Operations {
      operations {
        id
        version
        kind
        durationMs
        ...OperationRow_operation
      }
    }
  `,
  [OperationRowFragment],
)

const OperationsSubscription = graphql(
  `
    subscription OperationsChanged {
      operationsChanged {
        id
        version
        kind
        durationMs
        ...OperationRow_operation
      }
    }
  `,
  [OperationRowFragment],
)

/** How long each kind of operation takes. All see it, admins set it. */
export function OperationsPage() {
  const isAdmin = useIsAdmin()
  const [{ data, error }, refetch] = useQuery({ query: OperationsQuery })
  // It writes to the cache, from which the query above is read anew.
  useSubscription({ query: OperationsSubscription })
  const longest = Math.max(1, ...(data?.operations.map(({ durationMs }) => durationMs) ?? []))

  return (
    <div className={styles.page}>
      <title>Operations · Reckon</title>
      <header className={styles.header}>
        <h1>Operations</h1>
        <p className={styles.explanation}>
          How long an operation of each kind takes. A task takes the duration that stands when it is assigned.
          {!isAdmin && ' Only admins may change them.'}
        </p>
      </header>
      {data ? (
        isAdmin ? (
          <DurationsForm operations={data.operations}>
            {(operation, input) => (
              <OperationRow key={operation.id} operation={operation} longestMs={longest}>
                {input}
              </OperationRow>
            )}
          </DurationsForm>
        ) : (
          <ul className={styles.list}>
            {data.operations.map((operation) => (
              <OperationRow key={operation.id} operation={operation} longestMs={longest} />
            ))}
          </ul>
        )
      ) : error ? (
        <Notice
          tone="error"
          action={
            <Button size="small" onClick={() => refetch({ requestPolicy: 'network-only' })}>
              Try again
            </Button>
          }
        >
          The operations could not be loaded.
        </Notice>
      ) : (
        <Skeleton height="22rem" />
      )}
    </div>
  )
}
