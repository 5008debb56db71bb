import { existsSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { samplerNames } from './tracing/sampler-name.ts'
import { withFiles } from './secret-files.ts'

/** Of the program: above both the source and the bundle. */
const root = fileURLToPath(new URL('../../', import.meta.url))
const dataFolder = '.reckon'

/** Below this two connections of a lane would wait for each other. */
export const minConnections = 8

const isNetwork = (text: string) => z.union([z.cidrv4(), z.cidrv6(), z.ipv4(), z.ipv6()]).safeParse(text).success

const milliseconds = (fallback: number) => z.coerce.number().int().min(0).default(fallback)
const count = (fallback: number) => z.coerce.number().int().min(1).default(fallback)
const httpUrl = { protocol: /^https?$/, error: 'must look like http://localhost:4318' }
const secret = z.string().min(32, 'must have at least 32 characters')

const schema = z.object({
  NODE_ENV: z.enum(['development', 'test', 'production']).default('development'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  /** JSON for programs that collect logs, text for people. */
  LOG_FORMAT: z.enum(['json', 'text']).default('json'),
  HOST: z.string().default('localhost'),
  PORT: z.coerce.number().int().min(0).max(65_535).default(4000),
  /** The path below which a proxy shows the server, such as `/reckon`; empty for none. */
  BASE_PATH: z
    .string()
    .regex(/^(\/[\w.~-]+)*\/?$/, 'must look like /reckon')
    .default('')
    .transform((path) => path.replace(/\/$/, '')),
  /** Where people find the page, such as `https://reckon.example`; BASE_PATH follows. What shows links as cards wants whole addresses. */
  PUBLIC_ORIGIN: z
    .string()
    .regex(
      /^https?:\/\/(\[[\da-f:]+\]|[\w.-]+)(:\d{1,5})?\/?$/i,
      'must look like https://reckon.example, without a path',
    )
    .transform((origin) => origin.replace(/\/$/, ''))
    .optional(),
  /** How long a connection may idle. Longer than that of a proxy before the server, which else sends into a connection that is just closed. */
  KEEP_ALIVE_SECONDS: z.coerce.number().int().min(1).max(3_600).default(75),
  /** Without it the embedded database is used. */
  DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/, error: 'must look like postgresql://user:password@host:5432/database' })
    .optional(),
  /** The most that this replica opens. */
  DATABASE_CONNECTIONS: z.coerce.number().int().min(minConnections).max(1_000).default(24),
  /** Start on a database that a newer version has migrated. */
  ALLOW_NEWER_DATABASE: z
    .enum(['true', 'false'])
    .default('false')
    .transform((text) => text === 'true'),
  /** Where the embedded database keeps its data: one for all folders that the program may be started from. */
  RECKON_DATA: z
    .string()
    .default(path.join(root, dataFolder))
    .transform((folder) => path.resolve(folder)),
  /** How many agents the embedded default brings. */
  RECKON_AGENTS: z.coerce.number().int().min(0).max(64).default(2),
  RECKON_AGENT_SLOTS: z.coerce.number().int().min(1).max(1024).default(4),
  /** How long its database and its agents outlive a server that was killed, for the next to adopt them. */
  RECKON_ORPHAN_GRACE_MS: milliseconds(5_000),
  JWT_SECRET: secret.optional(),
  TICKET_SECRET: secret.optional(),
  /** Comma-separated origins of pages that may call the API, such as `https://reckon.example`. */
  ALLOWED_ORIGINS: z.string().default(''),
  /** Comma-separated names under which the server may be asked, such as `reckon.example`; `*` for any. See transport/client/hosts.ts. */
  ALLOWED_HOSTS: z.string().default(''),
  /** How many proxies stand before the server and append to X-Forwarded-For. */
  TRUSTED_PROXIES: z.coerce.number().int().min(0).max(10).default(0),
  /** At most a day: so long it is known which sign-ins were ended. */
  ACCESS_TOKEN_SECONDS: z.coerce
    .number()
    .int()
    .min(1)
    .max(24 * 3600)
    .default(15 * 60),
  REFRESH_TOKEN_SECONDS: count(30 * 24 * 3600),
  /** How long a sign-in lasts at most, however often it is refreshed. */
  SESSION_MAX_SECONDS: count(90 * 24 * 3600),
  /** Who may register: everybody, the first user alone, or nobody. Whoever has an invitation may, in any case. */
  REGISTRATION: z.enum(['open', 'first', 'closed']).default('open'),
  /** How long it is kept what happened to accounts. */
  AUDIT_RETENTION_SECONDS: count(90 * 24 * 3600),
  /** Who brings it as a bearer token may read /metrics and /scale. See docs/observability.md. */
  METRICS_TOKEN: z
    .string()
    .regex(/^\S{16,}$/, 'must have at least 16 characters, none of them white space')
    .optional(),
  /** A port of their own, for /metrics and /scale alone: then they are not on PORT. */
  METRICS_PORT: z.coerce.number().int().min(0).max(65_535).optional(),
  METRICS_HOST: z.string().default('localhost'),
  /** OpenTelemetry's own variables, as its specification has them. Without one of the two addresses no traces are told. */
  OTEL_EXPORTER_OTLP_ENDPOINT: z.url(httpUrl).optional(),
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: z.url(httpUrl).optional(),
  OTEL_EXPORTER_OTLP_HEADERS: z.string().optional(),
  OTEL_EXPORTER_OTLP_TRACES_HEADERS: z.string().optional(),
  OTEL_EXPORTER_OTLP_TIMEOUT: count(10_000),
  OTEL_TRACES_EXPORTER: z.enum(['otlp', 'none']).default('otlp'),
  OTEL_TRACES_SAMPLER: z.enum(samplerNames).default('parentbased_always_on'),
  /** Of `traceidratio`: the share of traces that is kept. */
  OTEL_TRACES_SAMPLER_ARG: z.coerce.number().min(0).max(1).default(1),
  OTEL_SERVICE_NAME: z.string().optional(),
  OTEL_RESOURCE_ATTRIBUTES: z.string().default(''),
  OTEL_SDK_DISABLED: z
    .enum(['true', 'false'])
    .default('false')
    .transform((text) => text === 'true'),
  /** Tasks of an expression that its trace shows, at most. */
  RECKON_TRACED_TASKS: z.coerce.number().int().min(0).max(1_000_000).default(50),
  MAX_SOURCE_LENGTH: count(10_000),
  MAX_OPERATIONS: count(20_000),
  MAX_DIGITS: count(10_000),
  /** Of all numbers of an expression together. */
  MAX_TOTAL_DIGITS: count(100_000),
  /** How long a user may hold the event loop in a minute with what they have read and planned: half of it. */
  PROCESSOR_MS_PER_MINUTE: count(30_000),
  /** How long a session outlives its socket. */
  SESSION_GRACE_MS: milliseconds(1_500),
  /** How long agents of a lost replica have to come back before what they held is given to others. */
  RESUME_GRACE_MS: milliseconds(4_000),
  /** How often a socket is pinged; one that has not answered by the next ping is closed. */
  PING_INTERVAL_MS: count(2_000),
  /** How long a replica may be silent before the others take its expressions. */
  REPLICA_TIMEOUT_MS: count(4_000),
  MAX_ATTEMPTS: count(5),
  /** Agents and slots that one agent token may have at a time. */
  MAX_AGENTS_PER_TOKEN: count(64),
  MAX_SLOTS_PER_TOKEN: count(4_096),
  /** How long an agent that is gone stands in the lists of agents. */
  AGENT_RETENTION_SECONDS: count(7 * 24 * 3600),
  /** How long the log of a finished expression is kept. */
  RETENTION_SECONDS: count(7 * 24 * 3600),
  /** Comma-separated networks, such as `10.0.0.0/8`, to which webhooks may lead beside the public one; there also by http. */
  WEBHOOK_NETWORKS: z
    .string()
    .default('')
    .transform((text) => text.split(',').flatMap((network) => network.trim() || []))
    .refine(
      (networks) => networks.every(isNetwork),
      'must be networks such as 10.0.0.0/8 or fd00::/8, with commas between',
    ),
  /** How long an expression is kept that has ended; for ever where it is not set. */
  EXPRESSION_RETENTION_SECONDS: z.coerce.number().int().min(60).optional(),
  /** How long a stopping server goes on, and says that it is not ready. One with a database of its own does not: nobody else would answer. */
  STOP_DELAY_MS: milliseconds(2_000),
  /** How long a stopping server waits for work in hand. */
  STOP_TIMEOUT_MS: milliseconds(10_000),
  /** Set by npm: the script that it runs. */
  npm_lifecycle_event: z.string().optional(),
})

export type Environment = z.infer<typeof schema>

export type EnvironmentOutcome =
  | {
      readonly kind: 'valid'
      readonly environment: Environment
      /** What was said and does nothing, a line each. */
      readonly remarks: readonly string[]
    }
  /** One line a variable, saying what is wrong with it. */
  | { readonly kind: 'invalid'; readonly problems: readonly string[] }

/** They may hold a collector's key. */
const headerSecrets = ['OTEL_EXPORTER_OTLP_HEADERS', 'OTEL_EXPORTER_OTLP_TRACES_HEADERS'] as const

/** What may stand in a file instead: `JWT_SECRET_FILE` names it. */
const secrets = ['DATABASE_URL', 'JWT_SECRET', 'TICKET_SECRET', 'METRICS_TOKEN', ...headerSecrets] as const

/** Reads and checks the environment. An empty variable counts as one that is not set. */
export function readEnvironment(variables: NodeJS.ProcessEnv = process.env): EnvironmentOutcome {
  const given = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ''))
  const { variables: set, problems: unread } = withFiles(given, secrets)
  const parsed = schema.safeParse(set)
  if (unread.length > 0) return { kind: 'invalid', problems: unread }
  if (!parsed.success)
    return {
      kind: 'invalid',
      problems: parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`),
    }
  const environment = ofItsOwn(parsed.data)
  const problems = productionProblems(environment)
  return problems.length > 0
    ? { kind: 'invalid', problems }
    : { kind: 'valid', environment, remarks: remarksOn(set, environment) }
}

const ofEmbedded = ['RECKON_DATA', 'RECKON_AGENTS', 'RECKON_AGENT_SLOTS', 'RECKON_ORPHAN_GRACE_MS'] as const

function remarksOn(set: Readonly<Record<string, unknown>>, { DATABASE_URL, RECKON_DATA }: Environment): string[] {
  if (DATABASE_URL !== undefined) {
    const idle = ofEmbedded.filter((name) => set[name] !== undefined)
    if (idle.length === 0) return []
    return [`${idle.join(', ')} does nothing where DATABASE_URL is set: agents are started each by itself.`]
  }
  const here = path.resolve(dataFolder)
  if (set['RECKON_DATA'] !== undefined || here === RECKON_DATA || !existsSync(path.join(here, 'data'))) return []
  return [`The data folder is ${RECKON_DATA}. For the one that is in this folder set RECKON_DATA=${here}`]
}

/** The agents that a server brings share one token, and are as many as it was told to bring. */
function ofItsOwn(environment: Environment): Environment {
  if (environment.DATABASE_URL !== undefined) return environment
  const { RECKON_AGENTS: agents, RECKON_AGENT_SLOTS: slots } = environment
  return {
    ...environment,
    STOP_DELAY_MS: 0,
    MAX_AGENTS_PER_TOKEN: Math.max(environment.MAX_AGENTS_PER_TOKEN, agents),
    MAX_SLOTS_PER_TOKEN: Math.max(environment.MAX_SLOTS_PER_TOKEN, agents * slots),
  }
}

/** A server on a database of its own keeps its secrets beside it; any other must be given them, the same for all replicas. */
function productionProblems(environment: Environment): string[] {
  if (environment.DATABASE_URL === undefined) return []
  const problems = (['JWT_SECRET', 'TICKET_SECRET'] as const)
    .filter((name) => environment[name] === undefined)
    .map((name) => `${name} must be set where DATABASE_URL is: 32 random characters or more, the same for all replicas`)
  if (environment.JWT_SECRET !== undefined && environment.JWT_SECRET === environment.TICKET_SECRET)
    problems.push('TICKET_SECRET must differ from JWT_SECRET')
  return problems
}
