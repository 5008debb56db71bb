import { exitCodes, type ExitCode } from '../exit-code.ts'
import { alignRows, header } from '../show/table.ts'
import { formatMoment } from '../show/time.ts'
import type { Span } from '../terminal/line.ts'
import { printable } from '../terminal/printable.ts'
import type { Context } from './context.ts'
import { listDeliveries, type ListedWebhook } from './webhook-documents.ts'

export function tellWebhooks(context: Context, webhooks: readonly ListedWebhook[]): ExitCode {
  if (context.isJson) for (const webhook of webhooks) context.printJson(webhook)
  else
    context.show(
      alignRows([
        header('NAME', 'STATE', 'EVENTS', 'URL', 'ID'),
        ...webhooks.map((webhook) => [
          printable(webhook.name),
          stateOf(webhook),
          webhook.events.join(' ').toLowerCase(),
          printable(webhook.url),
          { text: webhook.id, tone: 'quiet' as const },
        ]),
      ]),
    )
  return exitCodes.done
}

function stateOf({ disabledAt, pausedAt, resumesAt }: ListedWebhook): Span {
  if (disabledAt !== null) return { text: 'disabled', tone: 'bad' }
  if (pausedAt !== null) return { text: 'paused', tone: 'quiet' }
  if (resumesAt !== null) return { text: `waits until ${formatMoment(resumesAt)}`, tone: 'bad' }
  return { text: 'good', tone: 'good' }
}

/** What it was told last. */
export async function tellDeliveries(context: Context, { id, name }: ListedWebhook, first: number): Promise<ExitCode> {
  const answer = await context.api.ask(listDeliveries, { id, first })
  if (answer.kind !== 'data') return context.refuse(answer)
  const { node } = answer.data
  if (node?.__typename !== 'Webhook')
    return context.refuse({ code: 'NOT_FOUND', message: `There is no webhook ${name}.` })
  const deliveries = node.deliveries.edges.map((edge) => edge.node)
  if (context.isJson) for (const delivery of deliveries) context.printJson(delivery)
  else
    context.show(
      alignRows([
        header('WHEN', 'EVENT', 'STATE', 'ATTEMPTS', 'ANSWER', 'ID'),
        ...deliveries.map(({ id, event, state, attempts, createdAt, answerStatus, problem }) => [
          formatMoment(createdAt),
          event,
          { text: state.toLowerCase().replace('_', ' '), tone: tones[state] },
          String(attempts),
          printable(String(answerStatus ?? problem ?? '-')),
          { text: id, tone: 'quiet' as const },
        ]),
      ]),
    )
  return exitCodes.done
}

const tones = { DELIVERED: 'good', GIVEN_UP: 'bad', WAITING: 'quiet' } as const
