import type { Bounds, Expectation, Facts, Probe } from '../probe.ts'
import type { LogLine } from './server.ts'
import type { Testimony } from './witness.ts'

export interface Measured extends Testimony {
  /** Of the server's main thread, and of all its threads. */
  readonly processorMs: number
  readonly allThreadsMs: number
  readonly stretchMs: number
  /** By how much it grew at the most. */
  readonly memoryMiB: number
  readonly logKiB: number
  readonly lines: readonly LogLine[]
  readonly isAlive: boolean
  /** The longest that the server or an agent of its own had to wait for a processor, all in all: the machine's doing. */
  readonly waitedMs: number
}

export interface Verdict {
  readonly probe: Probe
  readonly measured: Measured
  readonly facts: Facts
  /** What is not as it should be, a line each. */
  readonly faults: readonly string[]
}

/** A machine on which programs wait for as long as this is one on which an agent may seem silent, and a connection dead. */
const stormMs = 1_500

/** `error` of pino. */
const errorLevel = 50

/** Holds what a probe did against what it may do. `outcome` is a text where it did not come to its end. */
export function judge(probe: Probe, bounds: Bounds, measured: Measured, outcome: Facts | string): Verdict {
  const facts = typeof outcome === 'string' ? {} : outcome
  const isStorm = measured.waitedMs > stormMs
  const faults = [
    ...(typeof outcome === 'string' ? [outcome] : faultsOf(probe.expected, facts)),
    ...(measured.isAlive ? [] : ['the server has ended']),
    ...excess('took', 'ms of the processor', measured.processorMs, bounds.processorMs),
    ...excess('stood still for', 'ms of the processor', measured.stretchMs, bounds.stretchMs),
    ...excess('/health waited for', 'ms of the processor', measured.healthMs, bounds.stretchMs),
    ...excess("somebody else's 1+1 took", 'ms', measured.neighbourMs, bounds.neighbourMs),
    ...excess('grew by', 'MiB', measured.memoryMiB, bounds.memoryMiB),
    ...excess('wrote', 'KiB to its log', measured.logKiB, bounds.logKiB),
    ...(measured.neighbours === 0 ? ["nobody else's 1+1 came to an end"] : []),
    ...measured.failures.map((failure) => `somebody else was told ${failure}`),
    ...errorsOf(measured.lines, isStorm),
    ...(isStorm ? [] : agentsLost(measured.lines)),
  ]
  return { probe, measured, facts, faults }
}

function excess(what: string, unit: string, value: number, bound: number): string[] {
  return value > bound ? [`${what} ${Math.round(value)} ${unit}, at most ${bound} allowed`] : []
}

/** What nobody foresaw is a defect, whoever asked for it. */
function errorsOf(lines: readonly LogLine[], isStorm: boolean): string[] {
  const errors = lines
    .filter(({ level }) => level >= errorLevel)
    .filter(({ err }) => !isStorm || !/timeout|terminated/.test(messageOf(err)))
  return [...new Set(errors.map(({ msg, err }) => `the log has: ${msg}: ${messageOf(err)}`))].slice(0, 5)
}

const messageOf = (err: unknown) => String((err as { message?: unknown } | undefined)?.message ?? '').slice(0, 200)

/** Those that the server brings; a probe's own agents have other names. */
function agentsLost(lines: readonly LogLine[]): string[] {
  const gone = lines.filter(({ msg, agent }) => msg === 'agent is gone' && /^agent-\d$/.test(String(agent)))
  return gone.length === 0 ? [] : [`${gone.length} agents were lost`]
}

function faultsOf(expected: Readonly<Record<string, Expectation>>, facts: Facts): string[] {
  return Object.entries(expected).flatMap(([name, expectation]) => {
    const fact = facts[name]
    if (fact === undefined) return [`${name} is not known`]
    return fits(fact, expectation) ? [] : [`${name} is ${show(fact)}, not ${describe(expectation)}`]
  })
}

function fits(fact: Facts[string], expectation: Expectation): boolean {
  if ('atMost' in expectation) return typeof fact === 'number' && fact <= expectation.atMost
  if ('atLeast' in expectation) return typeof fact === 'number' && fact >= expectation.atLeast
  if ('is' in expectation) return fact === expectation.is
  if (typeof fact !== 'object') return false
  if ('within' in expectation) return fact.length > 0 && fact.every((code) => expectation.within.includes(code))
  if ('some' in expectation) return fact.some((code) => expectation.some.includes(code))
  return !fact.some((code) => expectation.without.includes(code))
}

function describe(expectation: Expectation): string {
  if ('atMost' in expectation) return `at most ${expectation.atMost}`
  if ('atLeast' in expectation) return `at least ${expectation.atLeast}`
  if ('is' in expectation) return String(expectation.is)
  if ('within' in expectation) return `within ${expectation.within.join(', ')}`
  if ('some' in expectation) return `with one of ${expectation.some.join(', ')}`
  return `without ${expectation.without.join(', ')}`
}

const show = (fact: Facts[string]) => (typeof fact === 'object' ? fact.join(', ') || 'nothing' : String(fact))
