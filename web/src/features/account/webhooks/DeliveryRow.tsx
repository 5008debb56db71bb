import { useMutation } from 'urql'
import { Ago } from '../../../components/Ago.tsx'
import { Button } from '../../../components/Button.tsx'
import { mutationProblem } from '../../../components/mutation-problem.ts'
import { formatDateTime } from '../../../format/time.ts'
import { graphql, readFragment, type FragmentOf } from '../../../graphql.ts'
import { msg, t } from '../../../language/t.ts'
import styles from './Webhooks.module.css'

export const DeliveryRowFragment = graphql(`
  fragment DeliveryRow_delivery on WebhookDelivery {
    id
    event
    state
    createdAt
    attempts
    nextAttemptAt
    answerStatus
    problem
  }
`)

const RedeliverMutation = graphql(
  `
    mutation Redeliver($id: ID!) {
      redeliver(input: { id: $id }) {
        __typename
        ... on WebhookDelivery {
          id
          ...DeliveryRow_delivery
        }
        ... on Error {
          code
          message
        }
      }
    }
  `,
  [DeliveryRowFragment],
)

const words = { WAITING: msg('waiting@@delivery'), DELIVERED: msg('delivered'), GIVEN_UP: msg('given up') } as const

/** What a webhook was told, or is to be told. */
export function DeliveryRow(props: { delivery: FragmentOf<typeof DeliveryRowFragment> }) {
  const delivery = readFragment(DeliveryRowFragment, props.delivery)
  const { id, event, state, createdAt, attempts, nextAttemptAt, answerStatus, problem } = delivery
  const [{ fetching, data, error }, redeliver] = useMutation(RedeliverMutation)
  const refusal = mutationProblem(data?.redeliver, error)
  return (
    <li className={styles.delivery}>
      <code>{event}</code>
      <span className={styles.details}>
        <Ago at={createdAt} />
        {` · ${t(words[state])}`}
        {answerStatus !== null && ` · ${t('answer {status}', { status: String(answerStatus) })}`}
        {state !== 'DELIVERED' && attempts > 0 && ` · ${t('attempts: {count}', { count: attempts })}`}
        {state === 'WAITING' &&
          nextAttemptAt !== null &&
          attempts > 0 &&
          ` · ${t('next {time}', { time: formatDateTime(nextAttemptAt) })}`}
        {state !== 'DELIVERED' && answerStatus === null && problem !== null && (
          <>
            {' · '}
            <span lang="en">{problem}</span>
          </>
        )}
        {refusal !== null && <span role="alert"> · {refusal}</span>}
      </span>
      <Button
        size="small"
        isBusy={fetching}
        aria-label={t('Send again: {event}', { event })}
        onClick={() => void redeliver({ id })}
      >
        {t('Send again')}
      </Button>
    </li>
  )
}
