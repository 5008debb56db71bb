import { readFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { parseArgs } from 'node:util'
import * as z from 'zod'
import { limits } from './protocol.ts'
import { serverAddress } from './server-address.ts'
import { readTracing, type TracingSettings } from './tracing/settings.ts'

const optionNames = ['server', 'token', 'token-file', 'name', 'slots', 'stop-timeout', 'log-level'] as const
type OptionName = (typeof optionNames)[number]

const variables: Readonly<Record<OptionName, string>> = {
  server: 'RECKON_SERVER',
  token: 'RECKON_AGENT_TOKEN',
  'token-file': 'RECKON_AGENT_TOKEN_FILE',
  name: 'RECKON_AGENT_NAME',
  slots: 'RECKON_AGENT_SLOTS',
  'stop-timeout': 'RECKON_AGENT_STOP_TIMEOUT',
  'log-level': 'LOG_LEVEL',
}

const number = (text: string) => z.string().regex(/^\d+$/, text).transform(Number)
const slotsRule = `must be a whole number from 1 to ${limits.slots}`
const stopTimeoutRule = 'must be a whole number of seconds from 0 to 3600'
const nameRule = `must have 1 to ${limits.nameCharacters} characters`

const schema = z.object({
  server: z.string().default('ws://localhost:4000/graphql').transform(serverAddress),
  name: z
    .string()
    .trim()
    .min(1, nameRule)
    .max(limits.nameCharacters, nameRule)
    .default(() => hostname()),
  slots: number(slotsRule).pipe(z.number().min(1, slotsRule).max(limits.slots, slotsRule)).default(4),
  'stop-timeout': number(stopTimeoutRule).pipe(z.number().max(3600, stopTimeoutRule)).default(10),
  'log-level': z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
      error: 'must be one of fatal, error, warn, info, debug, trace, silent',
    })
    .default('info'),
})

export interface Options {
  readonly server: string
  readonly token: string
  readonly name: string
  readonly slots: number
  readonly stopTimeoutMs: number
  readonly logLevel: z.infer<typeof schema>['log-level']
  /** Null where no collector is to be told what is computed. */
  readonly tracing: TracingSettings | null
}

export type OptionsOutcome =
  | { readonly kind: 'options'; readonly options: Options }
  | { readonly kind: 'help' }
  | { readonly kind: 'version' }
  /** One line that says what is wrong, and where. */
  | { readonly kind: 'invalid'; readonly problem: string }

const invalid = (problem: string): OptionsOutcome => ({ kind: 'invalid', problem })

/** Reads the arguments, and for what they do not say the environment. An empty variable counts as one that is not set. */
export function readOptions(argv: readonly string[], environment: NodeJS.ProcessEnv = process.env): OptionsOutcome {
  const parsed = parseArguments(argv)
  if (parsed.kind === 'invalid') return invalid(parsed.problem)
  const { help, version, ...given } = parsed.values
  if (help) return { kind: 'help' }
  if (version) return { kind: 'version' }

  const fromEnvironment = Object.fromEntries(
    optionNames.flatMap((name) => (environment[variables[name]] ? [[name, environment[variables[name]]]] : [])),
  ) as Partial<Record<OptionName, string>>
  const settings = schema.safeParse({ ...fromEnvironment, ...given })
  if (!settings.success) {
    const problems = settings.error.issues.map(({ path, message }) => {
      const name = path[0] as OptionName
      return `${given[name] === undefined ? variables[name] : `--${name}`} ${message}`
    })
    return invalid(problems.join('; '))
  }

  const token = readToken(given.token || given['token-file'] ? given : fromEnvironment)
  if (token.kind === 'invalid') return invalid(token.problem)
  const { server, name, slots, 'stop-timeout': stopTimeout, 'log-level': logLevel } = settings.data
  const tracing = readTracing(environment, name)
  if (tracing.kind === 'invalid') return invalid(tracing.problem)
  const stopTimeoutMs = stopTimeout * 1000
  return {
    kind: 'options',
    options: { server, token: token.token, name, slots, stopTimeoutMs, logLevel, tracing: tracing.settings },
  }
}

function parseArguments(argv: readonly string[]) {
  const strings = Object.fromEntries(optionNames.map((name) => [name, { type: 'string' }])) as Record<
    OptionName,
    { type: 'string' }
  >
  const switches = { help: { type: 'boolean', short: 'h' }, version: { type: 'boolean' } } as const
  try {
    const { values } = parseArgs({ args: [...argv], options: { ...strings, ...switches } })
    return { kind: 'values', values } as const
  } catch (error) {
    // Its messages begin with the fact; advice on quoting follows.
    const fact = error instanceof Error ? error.message.split(/[.\n]/)[0] : String(error)
    return { kind: 'invalid', problem: `${fact}; --help lists the options` } as const
  }
}

type TokenOutcome =
  { readonly kind: 'token'; readonly token: string } | { readonly kind: 'invalid'; readonly problem: string }

function readToken(given: { readonly token?: string; readonly 'token-file'?: string }): TokenOutcome {
  const { token, 'token-file': file } = given
  if (token && file) return { kind: 'invalid', problem: 'give the token itself or a file with it, not both' }
  if (token) return { kind: 'token', token }
  if (!file)
    return { kind: 'invalid', problem: 'a token is needed: set RECKON_AGENT_TOKEN or give --token-file; see --help' }
  try {
    const content = readFileSync(file, 'utf8').trim()
    return content === ''
      ? { kind: 'invalid', problem: `the token file ${file} is empty` }
      : { kind: 'token', token: content }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error)
    return { kind: 'invalid', problem: `the token file ${file} cannot be read (${code})` }
  }
}
