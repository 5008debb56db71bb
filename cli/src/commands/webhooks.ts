import { exitCodes, type ExitCode } from '../exit-code.ts'
import type { Answer } from '../connection/api.ts'
import { printable } from '../terminal/printable.ts'
import { defineCommand } from './command.ts'
import type { Context } from './context.ts'
import { refused, withEach, type Step } from './each.ts'
import {
  createWebhook,
  deleteWebhook,
  listWebhooks,
  pauseWebhook,
  redeliver,
  testWebhook,
  type ListedWebhook,
} from './webhook-documents.ts'
import { tellDeliveries, tellWebhooks } from './webhook-tables.ts'

const ends = ['succeeded', 'failed', 'cancelled'] as const

/** What is done to webhooks that there are: how it is asked for, and what is said then. */
const actions = {
  remove: ({ api }, { id }) => api.ask(deleteWebhook, { id }),
  pause: ({ api }, { id }) => api.ask(pauseWebhook, { id, isPaused: true }),
  resume: ({ api }, { id }) => api.ask(pauseWebhook, { id, isPaused: false }),
  test: ({ api }, { id }) => api.ask(testWebhook, { id }),
} satisfies Record<string, Action>
const said = { remove: 'removed', pause: 'paused', resume: 'goes on', test: 'is sent a webhook.test' } as const

type Action = (context: Context, webhook: ListedWebhook) => Promise<Answer<{ outcome: Outcome }>>
type Outcome =
  { readonly __typename: string; readonly id: string } | { readonly code: string; readonly message: string }

const isAction = (verb: string): verb is keyof typeof actions => Object.hasOwn(actions, verb)

export const webhooks = defineCommand({
  name: 'webhooks',
  summary: 'list what is told how your expressions end; add, test, pause or remove it',
  usage: [
    'webhooks',
    'webhooks add [--name NAME] [--events EVENTS] URL',
    'webhooks remove|pause|resume|test NAME…',
    'webhooks deliveries [--limit N] NAME',
    'webhooks redeliver DELIVERY…',
  ],
  details: [
    'add prints the secret by which the receiver knows the server: it is shown only there.',
    'NAME may be the id too. deliveries shows the ids that redeliver takes.',
  ],
  options: {
    name: { type: 'string', value: 'NAME', description: 'of a new one; the host of its address unless told' },
    events: {
      type: 'string',
      value: 'EVENTS',
      description: 'succeeded, failed, cancelled, separated by commas; all unless told',
      choices: ends,
    },
    limit: { type: 'string', value: 'N', description: 'at most so many deliveries, 1 to 100; 20 unless told' },
  },
  subcommands: ['add', ...Object.keys(actions), 'deliveries', 'redeliver'],
  words: [0, Infinity],
  async run(context, { words: [verb, ...names], values }) {
    const [name = ''] = names
    if (verb === 'add' && names.length === 1) return add(context, name, values)
    if (verb === 'redeliver' && names.length > 0) return withEach(context, names, (id) => sendAgain(context, id))
    const isGood =
      verb === undefined || (verb === 'deliveries' ? names.length === 1 : isAction(verb) && names.length > 0)
    if (!isGood)
      return context.misuse(
        'say reckon webhooks add URL, remove, pause, resume, test or deliveries NAME, or redeliver ID',
      )
    const { limit = '20' } = values
    if (!/^([1-9]\d?|100)$/.test(limit)) return context.misuse('--limit must be a whole number from 1 to 100')
    const answer = await all(context)
    if (answer.kind !== 'data') return context.refuse(answer)
    if (verb === undefined) return tellWebhooks(context, answer.data)
    const find = (wanted: string) => answer.data.find((webhook) => webhook.name === wanted || webhook.id === wanted)
    const missing = (wanted: string) => ({ code: 'NOT_FOUND', message: `There is no webhook ${wanted}.` })
    if (isAction(verb))
      return withEach(context, names, async (wanted) => {
        const webhook = find(wanted)
        return webhook ? act(context, verb, webhook) : refused(missing(wanted))
      })
    const webhook = find(name)
    return webhook ? tellDeliveries(context, webhook, Number(limit)) : context.refuse(missing(name))
  },
})

async function all({ api }: Context): Promise<Answer<readonly ListedWebhook[]>> {
  const answer = await api.ask(listWebhooks, {})
  // Null where it was refused, which is told above.
  return answer.kind === 'data'
    ? { ...answer, data: (answer.data.webhooks?.edges ?? []).map(({ node }) => node) }
    : answer
}

async function add(
  context: Context,
  url: string,
  values: { readonly name?: string; readonly events?: string },
): Promise<ExitCode> {
  const named = values.events?.split(',').map((text) => ends.find((end) => end === text.trim().toLowerCase()))
  if (named?.includes(undefined)) return context.misuse(`--events takes ${ends.join(', ')}`)
  const events = named?.flatMap((end) => (end === undefined ? [] : [end.toUpperCase() as Uppercase<typeof end>]))
  const name = values.name ?? (URL.canParse(url) ? new URL(url).host : url)
  const answer = await context.api.ask(createWebhook, { input: { name, url, events: events ?? null } })
  if (answer.kind !== 'data') return context.refuse(answer)
  const { outcome } = answer.data
  if (outcome.__typename === 'CreateWebhookPayload') {
    const { secret, webhook } = outcome
    if (context.isJson) context.printJson({ id: webhook.id, secret })
    else context.print(secret)
    return exitCodes.done
  }
  const fields = 'fields' in outcome ? outcome.fields.map(({ message }) => message) : []
  return context.refuse({ code: outcome.code, message: [outcome.message, ...fields].join(' ') })
}

async function act(context: Context, verb: keyof typeof actions, webhook: ListedWebhook): Promise<Step> {
  const answer = await actions[verb](context, webhook)
  if (answer.kind !== 'data') return answer
  const { outcome } = answer.data
  if ('code' in outcome) return refused(outcome)
  return { kind: 'done', text: `${printable(webhook.name)}: ${said[verb]}`, record: { ...outcome, name: webhook.name } }
}

async function sendAgain({ api }: Context, id: string): Promise<Step> {
  const answer = await api.ask(redeliver, { id })
  if (answer.kind !== 'data') return answer
  const { outcome } = answer.data
  if (outcome.__typename !== 'WebhookDelivery') return refused(outcome)
  return { kind: 'done', text: `${outcome.event} is sent again`, record: outcome }
}
