import type { GraphQLSchema } from 'graphql'
import { Random } from '../simulation/random.ts'
import { damage } from './damage.ts'
import { DocumentWriter, type WrittenDocument } from './document-writer.ts'
import { oddValue } from './odd-values.ts'
import type { Pool } from './pool.ts'

export const actors = ['anonymous', 'user', 'admin', 'agent'] as const
export type ActorKind = (typeof actors)[number]

/** One thing to ask the server. */
export interface FuzzCase extends WrittenDocument {
  readonly actor: ActorKind
  readonly transport: 'http' | 'get' | 'socket'
  readonly kind: 'query' | 'mutation' | 'subscription'
  /** JSON of the whole request, as it is sent over HTTP and as the payload of a socket's message. */
  readonly body: string
}

/** Documents that come again with other variables: after a hundred executions a document is compiled, and another code answers. */
const favouriteOdds = 0.35

/** Node refuses an address that makes the head of a request longer than 16 KiB; what is escaped is up to six times as long. */
const longestAddress = 2_000

const administration = new Set(['setUserRole', 'revokeAgentToken', 'drainAgent', 'undrainAgent'])

export function fuzzCase(schema: GraphQLSchema, pool: Pool, seed: number, number: number): FuzzCase {
  const random = new Random(Math.imul(seed, 0x9e3779b1) ^ Math.imul(number, 0x85ebca6b))
  // The generator's first numbers resemble each other for seeds that do.
  for (let skipped = 0; skipped < 4; skipped++) random.next()
  const actor = random.pick(actors)
  const wished = random.pick(['http', 'http', 'get', 'socket', 'socket', 'socket'] as const)
  const kinds =
    wished === 'socket' ? (['query', 'mutation', 'subscription'] as const) : (['query', 'query', 'mutation'] as const)
  const kind = wished === 'get' && random.chance(0.9) ? 'query' : random.pick(kinds)
  const document = writeDocument(schema, pool, { random, actor, kind, seed })
  const query = random.chance(0.12) ? damage(random, document.query) : document.query
  const variables = random.chance(0.03) ? oddValue(random).json : document.variables
  const isLong = query.length + variables.length > longestAddress
  const transport = wished === 'get' && isLong ? 'http' : wished
  return {
    actor,
    transport,
    kind,
    query,
    variables,
    body: transport === 'get' ? plainBody(query, variables) : bodyOf(random, query, variables),
  }
}

interface Choice {
  readonly random: Random
  readonly actor: ActorKind
  readonly kind: FuzzCase['kind']
  readonly seed: number
}

function writeDocument(schema: GraphQLSchema, pool: Pool, { random, actor, kind, seed }: Choice): WrittenDocument {
  const root = {
    query: schema.getQueryType(),
    mutation: schema.getMutationType(),
    subscription: schema.getSubscriptionType(),
  }[kind]
  if (root == null) throw new Error(`the schema has no ${kind}`)
  const oddness = random.pick([0, 0, 0.04, 0.2])
  const all = Object.keys(root.getFields()).filter((name) => mayAsk(actor, name))
  if (kind === 'query' && random.chance(favouriteOdds)) {
    const place = random.between(0, all.length - 1)
    // The same each time but for the variables, which come from the case.
    const sources = { random: new Random(seed * 1_000 + place), pool, oddness: 0, declared: 1 }
    const { query, variables } = new DocumentWriter(schema, sources).write(kind, root, [all[place] ?? 'viewer'])
    return { query, variables: random.chance(0.5) ? variables : withOddParts(random, variables) }
  }
  const count = kind === 'subscription' ? random.pick([1, 1, 1, 2]) : random.pick([1, 1, 1, 2, 3])
  const fields = Array.from({ length: count }, () => random.pick(all) ?? '')
  return new DocumentWriter(schema, { random, pool, oddness, declared: 0.5 }).write(kind, root, fields)
}

/** What would take the fuzzer's own people their rights, or the server its agents, proves nothing. */
const mayAsk = (actor: ActorKind, field: string) =>
  !endings.has(field) && (actor !== 'admin' || !administration.has(field))

/** What ends the sign-in of whoever asks. */
const endings: ReadonlySet<string> = new Set(['logout', 'logoutEverywhere', 'changePassword'])

/** Some of the variables are something else altogether, or something within them is. */
function withOddParts(random: Random, variables: string): string {
  const parts = Object.entries(JSON.parse(variables) as Record<string, unknown>).map(([name, value]) => {
    const whole = random.chance(0.3) ? random.pick(['[]', '{}', 'null', oddValue(random).json]) : JSON.stringify(value)
    return `${JSON.stringify(name)}:${whole}`
  })
  return `{${parts.join(',')}}`.replace(/:(?:"[^"]*"|-?\d+|true|false|null)/g, (part) =>
    random.chance(0.2) ? `:${oddValue(random).json}` : part,
  )
}

const plainBody = (query: string, variables: string) => `{"query":${JSON.stringify(query)},"variables":${variables}}`

function bodyOf(random: Random, query: string, variables: string): string {
  const parts = [`"query":${JSON.stringify(query)}`, `"variables":${variables}`]
  if (random.chance(0.1))
    parts.push(`"operationName":${random.pick(['null', '"Fuzz"', '""', '"Other"', '1', '"__proto__"'])}`)
  if (random.chance(0.05)) parts.push(`"extensions":${oddValue(random).json}`)
  if (random.chance(0.02)) parts.push(`"__proto__":${oddValue(random).json}`)
  const body = `{${parts.join(',')}}`
  if (random.chance(0.01)) return damage(random, body)
  return random.chance(0.01) ? `[${body}]` : body
}
