import { validate as isUuid } from 'uuid'
import { z } from 'zod'
import { invalidInput, notFound, type InvalidInputError, type NotFoundError } from '../../domain/failure.ts'
import { webhookEnds, type WebhookEnd } from '../../domain/webhooks/event.ts'
import type { Webhook } from '../../generated/prisma/client.ts'
import { insertWebhook } from '../../store/webhooks/insert-webhook.ts'
import { deleteWebhook as removeWebhook, updateWebhook as writeWebhook } from '../../store/webhooks/update-webhook.ts'
import { secretOf } from '../../webhooks/signature.ts'
import { displayName, parseInput } from '../parse-input.ts'
import type { Services } from '../services.ts'
import { webhookUrl } from './webhook-url.ts'

/** Of one user. Whatever they submit is told to as many. */
export const mostWebhooks = 10

export interface CreateWebhookInput {
  readonly name: string
  readonly url: string
  readonly events?: readonly WebhookEnd[] | null | undefined
}

export interface UpdateWebhookInput {
  readonly name?: string | null | undefined
  readonly url?: string | null | undefined
  readonly events?: readonly WebhookEnd[] | null | undefined
  readonly isPaused?: boolean | null | undefined
}

export interface CreatedWebhook {
  readonly webhook: Webhook
  /** By which a receiver knows that the server has sent it: shown once. */
  readonly secret: string
}

/** The user whose they are, and from where they are asked for. */
export interface WebhookOwner {
  readonly userId: string
  readonly address: string
}

const events = z
  .array(z.enum(webhookEnds))
  .min(1, 'must have at least one')
  .transform((given) => webhookEnds.filter((end) => given.includes(end)))

const inputOf = ({ webhooks: { allowed, allowsPlain } }: Pick<Services, 'webhooks'>) =>
  z.object({ name: displayName(), url: webhookUrl(allowed, allowsPlain), events: events.nullish() })

/** From now on this address is told how expressions of its user end. See docs/decisions/0044. */
export async function createWebhook(
  services: Services,
  input: CreateWebhookInput,
  { userId, address }: WebhookOwner,
): Promise<CreatedWebhook | InvalidInputError> {
  const parsed = parseInput(inputOf(services), input)
  if (parsed.kind !== 'valid') return parsed
  const { accounts, announcer, database, ids, webhooks } = services
  const { name, url } = parsed.value
  const row = { name, url, host: hostOf(url), id: ids.next(), userId, events: parsed.value.events ?? webhookEnds }
  const webhook = await insertWebhook(database, row, mostWebhooks)
  if (webhook === null)
    return invalidInput(
      [{ path: 'name', message: `You have ${mostWebhooks} webhooks. Delete one first.` }],
      'TOO_MANY_WEBHOOKS',
    )
  announcer.broadcast({ kind: 'webhookSet', id: row.id, userId })
  accounts.audit.record({
    kind: 'WEBHOOK_CREATED',
    actorId: userId,
    subjectId: row.id,
    address,
    detail: row.host,
  })
  return { webhook, secret: secretOf(webhooks.key, row.id) }
}

/** What is absent or null stays. Not paused, it also goes on where the server had disabled it. */
export async function updateWebhook(
  services: Services,
  id: string,
  input: UpdateWebhookInput,
  { userId, address }: WebhookOwner,
): Promise<Webhook | InvalidInputError | NotFoundError> {
  const { accounts, announcer, clock, database } = services
  const { name, url } = inputOf(services).shape
  const schema = z.object({
    name: name.nullish(),
    url: url.nullish(),
    events: events.nullish(),
    isPaused: z.boolean().nullish(),
  })
  const parsed = parseInput(schema, input)
  if (parsed.kind !== 'valid') return parsed
  if (!isUuid(id)) return notFound('webhook')
  const change = { ...parsed.value, ...(parsed.value.url != null && { host: hostOf(parsed.value.url) }) }
  const webhook = await writeWebhook(database, { id, userId, now: new Date(clock.now()) }, change)
  if (webhook === null) return notFound('webhook')
  announcer.broadcast({ kind: 'webhookSet', id, userId })
  accounts.audit.record({
    kind: 'WEBHOOK_CHANGED',
    actorId: userId,
    subjectId: id,
    address,
    detail: hostOf(webhook.url),
  })
  return webhook
}

/** Nothing more is sent to it, what waits included. */
export async function deleteWebhook(
  { accounts, announcer, database }: Services,
  id: string,
  { userId, address }: WebhookOwner,
): Promise<Webhook | NotFoundError> {
  const webhook = isUuid(id) ? await removeWebhook(database, id, userId) : null
  if (webhook === null) return notFound('webhook')
  announcer.broadcast({ kind: 'webhookSet', id, userId })
  accounts.audit.record({
    kind: 'WEBHOOK_DELETED',
    actorId: userId,
    subjectId: id,
    address,
    detail: hostOf(webhook.url),
  })
  return webhook
}

/** The path may have a secret of the receiver's in it. */
const hostOf = (url: string): string => new URL(url).host
