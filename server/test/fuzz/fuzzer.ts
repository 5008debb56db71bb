import { readFileSync } from 'node:fs'
import { buildSchema, type GraphQLSchema } from 'graphql'
import { fileURLToPath } from 'node:url'
import { call } from '../abuse/harness/http.ts'
import { threadTimeOf } from '../abuse/harness/processor-time.ts'
import { RealServer } from '../abuse/harness/server.ts'
import { RawSocket } from '../abuse/harness/socket.ts'
import { gather, type Company } from './company.ts'
import { fuzzCase, type ActorKind, type FuzzCase } from './fuzz-case.ts'
import { faultsOf, type FuzzAnswer } from './oracle.ts'

const contract = fileURLToPath(new URL('../../../schema.graphql', import.meta.url))

/** How long an answer may take before the server is taken for dead. */
const patienceMs = 30_000

export interface Finding {
  readonly seed: number
  readonly number: number
  readonly asked: FuzzCase
  readonly answer: FuzzAnswer
  readonly faults: readonly string[]
  /** What the log says of it. */
  readonly log: readonly string[]
}

/** Asks a real server what nobody sane would ask, one thing after the other. */
export class Fuzzer {
  readonly #schema: GraphQLSchema = buildSchema(readFileSync(contract, 'utf8'))
  readonly #server: RealServer
  readonly #company: Company
  readonly #seed: number
  readonly #limitMs: number
  readonly #sockets = new Map<ActorKind, RawSocket>()
  readonly codes = new Map<string, number>()

  /** @param limitMs what a case may take of the main thread's processor time */
  static async start(seed: number, limitMs: number): Promise<Fuzzer> {
    const server = await RealServer.start()
    return new Fuzzer(server, await gather(server), seed, limitMs)
  }

  private constructor(server: RealServer, company: Company, seed: number, limitMs: number) {
    this.#server = server
    this.#company = company
    this.#seed = seed
    this.#limitMs = limitMs
    server.newLogLines()
  }

  get isAlive(): boolean {
    return this.#server.isAlive
  }

  stop(): Promise<boolean> {
    return this.#server.remove()
  }

  caseOf(number: number): FuzzCase {
    return fuzzCase(this.#schema, this.#company.pool, this.#seed, number)
  }

  /** Null where all is well. */
  async run(number: number): Promise<Finding | null> {
    const asked = this.caseOf(number)
    const before = threadTimeOf(this.#server.pid).ranMs
    const given = await Promise.race([
      asked.transport === 'socket' ? this.#overSocket(asked) : this.#overHttp(asked),
      silence(),
    ])
    const processorMs = threadTimeOf(this.#server.pid).ranMs - before
    const answer: FuzzAnswer = { ...(given ?? { status: 0, closed: null, text: '' }), processorMs }
    this.#count(answer)
    const faults = [
      ...faultsOf(this.#schema, asked, answer, this.#limitMs),
      ...(this.isAlive ? [] : ['dead: the server has ended']),
    ]
    const log = this.#errorsOfLog()
    if (log.length > 0 && !faults.some((fault) => fault.startsWith('unforeseen')))
      faults.push('log: an error that nobody foresaw')
    return faults.length === 0 ? null : { seed: this.#seed, number, asked, answer, faults, log }
  }

  async #overHttp({ actor, transport, body, query, variables }: FuzzCase): Promise<Omit<FuzzAnswer, 'processorMs'>> {
    const caller = this.#company.callers[actor]
    // Else what is limited by address would soon answer nothing else.
    const headers = { 'x-forwarded-for': this.#address(actor), 'x-graphql-yoga-csrf': '1', accept: 'application/json' }
    const reply =
      transport === 'get'
        ? await caller.send({
            method: 'GET',
            path: `/graphql?query=${escaped(query)}&variables=${escaped(variables)}`,
            headers,
          })
        : await caller.send({ body, headers })
    return { status: reply.status, closed: null, text: reply.text }
  }

  async #overSocket({ actor, body, kind }: FuzzCase): Promise<Omit<FuzzAnswer, 'processorMs'>> {
    const socket = await this.#socketOf(actor)
    const id = String(this.codes.size) + Math.floor(performance.now())
    const ended = socket.until((message) => message.id === id)
    // As text: a payload may say what no value of JavaScript can.
    socket.send(`{"id":"${id}","type":"subscribe","payload":${body}}`)
    const first = await ended
    if (first === null) {
      this.#sockets.delete(actor)
      return { status: 200, closed: socket.closed, text: '' }
    }
    if (kind === 'subscription') socket.say({ id, type: 'complete' })
    const { type, payload } = first
    return { status: 200, closed: null, text: JSON.stringify(type === 'error' ? { errors: payload } : (payload ?? {})) }
  }

  async #socketOf(actor: ActorKind): Promise<RawSocket> {
    const known = this.#sockets.get(actor)
    if (known?.isOpen) return known
    const { token } = this.#company.callers[actor]
    const socket = await RawSocket.open(this.#server, { address: this.#address(actor), token })
    if (socket === null) throw new Error(`no socket for ${actor}`)
    this.#sockets.set(actor, socket)
    return socket
  }

  #address(actor: ActorKind): string {
    const place = Math.floor(performance.now()) % 65_536
    return `10.${100 + actor.length}.${place >> 8}.${place & 255}`
  }

  #errorsOfLog(): string[] {
    const errors = this.#server.newLogLines().filter(({ level }) => level >= 50)
    return errors.map(({ msg, err }) => {
      const { message = '', stack = '' } = (err ?? {}) as { message?: string; stack?: string }
      return `${msg}: ${message.slice(0, 400)}\n${stack
        .split('\n')
        .filter((line) => /^\s+at /.test(line))
        .slice(0, 6)
        .join('\n')}`
    })
  }

  #count({ status, closed, text }: FuzzAnswer): void {
    const codes = closed
      ? [`closed ${closed.code}`]
      : [...text.matchAll(/"code":"(\w+)"/g)].map(([, code]) => code ?? '')
    const kind =
      codes.length > 0 ? [...new Set(codes)] : [status === 200 && /"data":\{/.test(text) ? 'data' : `HTTP ${status}`]
    for (const code of kind) this.codes.set(code, (this.codes.get(code) ?? 0) + 1)
  }
}

/** Whether anything answers at all. */
export const isAwake = async (port: number) => (await call(port, { method: 'GET', path: '/health' })).status === 200

const escaped = (text: string) => encodeURIComponent(text.toWellFormed())

const silence = () => new Promise<null>((resolve) => setTimeout(() => resolve(null), patienceMs).unref())
