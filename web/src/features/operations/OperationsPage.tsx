import { useQuery, useSubscription } from 'urql'
import { Button } from '../../components/Button.tsx'
import { Notice } from '../../components/Notice.tsx'
import { Skeleton } from '../../components/Skeleton.tsx'
import { graphql } from '../../graphql.ts'
import { t } from '../../language/t.ts'
import { useIsAdmin } from '../../transport/contexts.ts'
import { DurationsForm } from './DurationsForm.tsx'
import { OperationGroups } from './OperationGroups.tsx'
import { OperationRow, OperationRowFragment } from './OperationRow.tsx'
import styles from './OperationsPage.module.css'

const OperationsQuery = graphql(
  `
    query Operations {
      operations {
        id
        version
        name
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
        name
        durationMs
        ...OperationRow_operation
      }
    }
  `,
  [OperationRowFragment],
)

/** What can be computed, and how long it takes. All see it, admins set it. */
export function OperationsPage() {
  const isAdmin = useIsAdmin()
  const [{ data, error }, refetch] = useQuery({ query: OperationsQuery })
  // It writes to the cache, from which the query above is read anew.
  useSubscription({ query: OperationsSubscription })
  const longest = Math.max(1, ...(data?.operations?.map(({ durationMs }) => durationMs) ?? []))

  return (
    <div className={styles.page}>
      <title>{t('Operations · Reckon')}</title>
      <header className={styles.header}>
        <h1>{t('Operations')}</h1>
        <p className={styles.explanation}>
          {t('What agents compute, and how long it takes. A task takes the duration that stands when it is assigned.')}
          {!isAdmin && ` ${t('Only admins may change them.')}`}
        </p>
      </header>
      {data?.operations ? (
        isAdmin ? (
          <DurationsForm operations={data.operations}>
            {(operation, input) => (
              <OperationRow operation={operation} longestMs={longest}>
                {input}
              </OperationRow>
            )}
          </DurationsForm>
        ) : (
          <div className={styles.list}>
            <OperationGroups operations={data.operations}>
              {(operation) => <OperationRow operation={operation} longestMs={longest} />}
            </OperationGroups>
          </div>
        )
      ) : error ? (
        <Notice
          tone="error"
          action={
            <Button size="small" onClick={() => refetch({ requestPolicy: 'network-only' })}>
              {t('Try again')}
            </Button>
          }
        >
          {t('The operations could not be loaded.')}
        </Notice>
      ) : (
        <Skeleton height="22rem" />
      )}
    </div>
  )
}
