import { useMutation } from 'urql'
import { Ago } from '../../../components/Ago.tsx'
import { Button } from '../../../components/Button.tsx'
import { ConfirmedButton } from '../../../components/ConfirmedButton.tsx'
import { mutationProblem } from '../../../components/mutation-problem.ts'
import { graphql, readFragment, type FragmentOf } from '../../../graphql.ts'
import { t } from '../../../language/t.ts'
import { DeliveryRow, DeliveryRowFragment } from './DeliveryRow.tsx'
import styles from './Webhooks.module.css'

export const WebhookRowFragment = graphql(
  `
    fragment WebhookRow_webhook on Webhook {
      id
      name
      url
      pausedAt
      disabledAt
      disabledReason
      deliveries(first: 5) {
        edges {
          node {
            id
            ...DeliveryRow_delivery
          }
        }
      }
    }
  `,
  [DeliveryRowFragment],
)

const PauseWebhookMutation = graphql(`
  mutation PauseWebhook($id: ID!, $isPaused: Boolean!) {
    updateWebhook(input: { id: $id, isPaused: $isPaused }) {
      __typename
      ... on Webhook {
        id
        pausedAt
        disabledAt
        disabledReason
      }
      ... on Error {
        code
        message
      }
    }
  }
`)

const TestWebhookMutation = graphql(`
  mutation TestWebhook($id: ID!) {
    testWebhook(input: { id: $id }) {
      __typename
      ... on WebhookDelivery {
        id
      }
      ... on Error {
        code
        message
      }
    }
  }
`)

const DeleteWebhookMutation = graphql(`
  mutation DeleteWebhook($id: ID!) {
    deleteWebhook(input: { id: $id }) {
      __typename
      ... on Webhook {
        id
      }
      ... on Error {
        code
        message
      }
    }
  }
`)

interface Props {
  webhook: FragmentOf<typeof WebhookRowFragment>
  onDeleted: () => void
}

/** A webhook with what it was told lately. */
export function WebhookRow({ onDeleted, ...props }: Props) {
  const { id, name, url, pausedAt, disabledAt, disabledReason, deliveries } = readFragment(
    WebhookRowFragment,
    props.webhook,
  )
  const [pausing, pause] = useMutation(PauseWebhookMutation)
  const [testing, test] = useMutation(TestWebhookMutation)
  const [deleting, remove] = useMutation(DeleteWebhookMutation)
  const isIdle = pausedAt !== null || disabledAt !== null
  const problem =
    mutationProblem(pausing.data?.updateWebhook, pausing.error) ??
    mutationProblem(testing.data?.testWebhook, testing.error)

  async function onDelete() {
    const { data } = await remove({ id })
    if (data?.deleteWebhook.__typename === 'Webhook') onDeleted()
  }

  return (
    <li className={styles.webhook}>
      <div className={styles.head}>
        <span className={styles.name}>{name}</span>
        <span className={styles.details}>
          {url}
          {disabledAt !== null && (
            <>
              {` · ${t('disabled')} `}
              <Ago at={disabledAt} /> <span lang="en">{disabledReason}</span>
            </>
          )}
          {disabledAt === null && pausedAt !== null && ` · ${t('paused')}`}
          {problem !== null && <span role="alert"> · {problem}</span>}
        </span>
        <span className={styles.actions}>
          <Button
            size="small"
            isBusy={testing.fetching}
            aria-label={t('Test {name}', { name })}
            onClick={() => void test({ id })}
          >
            {t('Test')}
          </Button>
          <Button
            size="small"
            isBusy={pausing.fetching}
            aria-label={isIdle ? t('Resume {name}', { name }) : t('Pause {name}', { name })}
            onClick={() => void pause({ id, isPaused: !isIdle })}
          >
            {isIdle ? t('Resume') : t('Pause@@webhook')}
          </Button>
          <ConfirmedButton
            action={t('Delete')}
            object={name}
            question={t('Delete it, with what waits?')}
            problem={mutationProblem(deleting.data?.deleteWebhook, deleting.error)}
            isBusy={deleting.fetching}
            onConfirm={() => void onDelete()}
          />
        </span>
      </div>
      {deliveries.edges.length > 0 && (
        <ul className={styles.deliveries} aria-label={t('What {name} was told', { name })}>
          {deliveries.edges.map(({ node }) => (
            <DeliveryRow key={node.id} delivery={node} />
          ))}
        </ul>
      )}
    </li>
  )
}
