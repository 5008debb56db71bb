import { useQuery } from 'urql'
import { MessagePage } from '../../components/MessagePage.tsx'
import { Skeleton } from '../../components/Skeleton.tsx'
import { graphql } from '../../graphql.ts'
import { t } from '../../language/t.ts'
import styles from './ExpressionPage.module.css'
import { ExpressionView, ExpressionViewFragment } from './ExpressionView.tsx'
import { NotLoaded } from './NotLoaded.tsx'
import { IsSharedContext } from './shared.ts'
import { useWatchedExpression } from './useWatchedExpression.ts'

const SharedExpressionQuery = graphql(
  `
    query SharedExpression {
      sharedExpression {
        id
        version
        ...ExpressionView_expression
      }
    }
  `,
  [ExpressionViewFragment],
)

/** The expression of the link that one came with. */
export function SharedExpression() {
  const [{ data, error }, refetch] = useQuery({ query: SharedExpressionQuery })
  const expression = data?.sharedExpression
  const id = expression?.id
  const askAgain = () => refetch({ requestPolicy: 'network-only' })
  useWatchedExpression(id ?? null, askAgain)
  if (expression && id !== undefined)
    return (
      <IsSharedContext value>
        <div className={styles.page}>
          <ExpressionView id={id} expression={expression} />
        </div>
      </IsSharedContext>
    )
  if (data) return <LinkIsOver />
  if (error) return <NotLoaded error={error} retry={askAgain} />
  return (
    <div className={styles.page} aria-busy="true">
      <Skeleton height="14rem" />
      <Skeleton height="22rem" />
    </div>
  )
}

export function LinkIsOver() {
  return (
    <MessagePage title={t('This link shows nothing')}>
      <title>{t('Nothing shared · Reckon')}</title>
      <p>
        {t('It was revoked, or its time is over, or its expression was deleted. Ask for another one whoever sent it.')}
      </p>
    </MessagePage>
  )
}
