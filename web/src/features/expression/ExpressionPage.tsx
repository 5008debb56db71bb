import { useState } from 'react'
import { useQuery } from 'urql'
import { MessagePage } from '../../components/MessagePage.tsx'
import { Skeleton } from '../../components/Skeleton.tsx'
import { graphql } from '../../graphql.ts'
import { t } from '../../language/t.ts'
import { Link } from '../../routing/Link.tsx'
import { useParams } from '../../routing/hooks.ts'
import styles from './ExpressionPage.module.css'
import { ExpressionView, ExpressionViewFragment } from './ExpressionView.tsx'
import { NotLoaded } from './NotLoaded.tsx'
import { useReturn } from './useReturn.ts'
import { useWatchedExpression } from './useWatchedExpression.ts'

export const ExpressionQuery = graphql(
  `
    query Expression($id: ID!) {
      expression(id: $id) {
        id
        version
        ...ExpressionView_expression
      }
    }
  `,
  [ExpressionViewFragment],
)

export function ExpressionPage() {
  const { id = '' } = useParams()
  return <LoadedExpression key={id} id={id} />
}

function LoadedExpression({ id }: { id: string }) {
  const [{ data, error, fetching }, refetch] = useQuery({ query: ExpressionQuery, variables: { id } })
  const isThere = data?.expression != null
  const [wasThere, setWasThere] = useState(false)
  if (isThere && !wasThere) setWasThere(true)
  const askAgain = () => refetch({ requestPolicy: 'network-only' })
  useWatchedExpression(isThere ? id : null, askAgain)
  useReturn(id, data !== undefined && !isThere, wasThere, askAgain)

  return (
    <div className={styles.page}>
      {!isThere && <title>{t('Expression · Reckon')}</title>}
      <Link to="/" className={styles.back}>
        {t('← Expressions')}
      </Link>
      {data?.expression ? (
        <ExpressionView id={id} expression={data.expression} />
      ) : error && !data ? (
        <NotLoaded error={error} retry={askAgain} />
      ) : data && wasThere ? (
        <MessagePage title={t('This expression was deleted')}>
          <p>{t('Its result and all that was computed of it are gone.')}</p>
        </MessagePage>
      ) : data && !fetching ? (
        <MessagePage title={t('There is no such expression')}>
          <p>{t('It may have been deleted, or be another user’s, or the address may be mistyped.')}</p>
        </MessagePage>
      ) : (
        <div className={styles.page} aria-busy="true">
          <Skeleton height="14rem" />
          <Skeleton height="22rem" />
        </div>
      )}
    </div>
  )
}
