import { useQuery, useSubscription } from 'urql'
import { EmptyState } from '../../../components/EmptyState.tsx'
import { Notice } from '../../../components/Notice.tsx'
import { Panel } from '../../../components/Panel.tsx'
import { Skeleton } from '../../../components/Skeleton.tsx'
import { graphql } from '../../../graphql.ts'
import { t } from '../../../language/t.ts'
import { NewWebhook } from './NewWebhook.tsx'
import { WebhookRow, WebhookRowFragment } from './WebhookRow.tsx'
import styles from './Webhooks.module.css'

const WebhooksQuery = graphql(
  `
    query Webhooks {
      webhooks(first: 10) {
        edges {
          node {
            id
            ...WebhookRow_webhook
          }
        }
      }
    }
  `,
  [WebhookRowFragment],
)

const WebhooksSubscription = graphql(
  `
    subscription WebhooksChanged {
      webhooksChanged {
        id
        ...WebhookRow_webhook
      }
    }
  `,
  [WebhookRowFragment],
)

/** Addresses that are told how one's expressions end. */
export default function Webhooks() {
  const [{ data, error }, refetch] = useQuery({ query: WebhooksQuery, requestPolicy: 'cache-and-network' })
  // It writes to the cache, from which the rows are read anew.
  useSubscription({ query: WebhooksSubscription })
  const edges = data?.webhooks?.edges
  const reload = () => refetch({ requestPolicy: 'network-only' })
  return (
    <Panel title={t('Webhooks')}>
      <p>{t('Each address is told, by a signed request, how your expressions end.')}</p>
      <NewWebhook onCreated={reload} />
      {edges ? (
        edges.length === 0 ? (
          <EmptyState title={t('No webhooks yet')} />
        ) : (
          <ul className={styles.list} aria-label={t('Webhooks')}>
            {edges.map(({ node }) => (
              <WebhookRow key={node.id} webhook={node} onDeleted={reload} />
            ))}
          </ul>
        )
      ) : error ? (
        <Notice tone="error">{t('The webhooks could not be loaded.')}</Notice>
      ) : (
        <Skeleton height="3rem" />
      )}
    </Panel>
  )
}
