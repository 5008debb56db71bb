import { randomUUID } from 'node:crypto'
import { codesOf } from '../harness/http.ts'
import { Caller } from '../harness/people.ts'
import type { RawSocket } from '../harness/socket.ts'
import type { Stage } from '../harness/stage.ts'
import type { Probe } from '../probe.ts'
import { operationSymbols } from '../../../src/domain/operation.ts'
import { calculate, fromText, toText } from '../../domain/support/rational.ts'
import type { TestAssignment } from '../../support/test-agent.ts'
import { ended, submit, submitted } from './documents.ts'

async function agentToken(stage: Stage): Promise<string> {
  const { createAgentToken } = await stage.admin.get<{ createAgentToken: { token: string } }>(
    `mutation { createAgentToken(input: { name: "probe ${randomUUID()}" }) { ... on CreateAgentTokenPayload { token } } }`,
  )
  return createAgentToken.token
}

const session = `subscription ($input: AgentSessionInput!) {
  agentSession(input: $input) {
    __typename
    ... on AgentSessionOpened { agentId }
    ... on TasksAssigned { assignments { ticket operator left right } }
    ... on Error { code }
  }
}`
const results = `mutation ($input: SubmitTaskResultsInput!) {
  submitTaskResults(input: $input) { __typename ... on SubmitTaskResultsPayload { receipts } ... on Error { code } }
}`

interface SessionPayload {
  readonly data?: {
    readonly agentSession: {
      readonly __typename: string
      readonly agentId?: string
      readonly assignments?: readonly TestAssignment[]
    }
  } | null
  readonly errors?: unknown
}

const openingOf = (name: string, slots: number) => ({
  query: session,
  variables: { input: { name, slots, sessionId: randomUUID(), heldTickets: [] } },
})

interface Receipts {
  readonly data?: {
    readonly submitTaskResults: { readonly receipts?: readonly string[]; readonly code?: string }
  } | null
}

async function hand(socket: RawSocket, input: unknown): Promise<readonly string[]> {
  const message = await socket.answer({ query: results, variables: { input } })
  if (message === null) return [`closed ${socket.closed?.code}`]
  const { data } = message.payload as Receipts
  return data?.submitTaskResults.receipts ?? [data?.submitTaskResults.code ?? 'ERROR']
}

const hugeArithmetic: Probe = {
  name: 'arithmetic on the longest numbers there are',
  kind: 'agents',
  limitMs: 180_000,
  expected: { status: { within: ['SUCCEEDED', 'FAILED', 'TOO_MANY_DIGITS', 'RATE_LIMITED'] } },
  bounds: { processorMs: 10_000, memoryMiB: 512 },
  async drive(stage) {
    const user = await stage.user()
    // Coprime, as far as a glance tells, so that nothing can be cancelled early.
    const quotient = (place: number) => `((1e4998+${place * 2 + 1})/(3e4998+${place * 2 + 3}))`
    const source = Array.from({ length: stage.scaled(12, 120) }, (_, place) => quotient(place)).join('*')
    const { id, code } = await submit(user, source, 'huge')
    return { status: [id === undefined ? (code ?? '') : await ended(stage, user, id)] }
  },
}

function valueOf({ operator, left, right }: TestAssignment): string {
  const value = calculate(operationSymbols[operator], fromText(left), fromText(right))
  return value === null ? '0' : toText(value)
}

/** What an agent says that does not do its work, by what it says. */
const lies = {
  'a wrong value': ({ value }: { value: string }) => ({
    value: `${BigInt(value.split('/')[0] ?? '0') * 10n ** 40n + 1n}/7`,
  }),
  'a value not in lowest terms': ({ value }: { value: string }) => {
    const [top = '0', bottom = '1'] = value.split('/')
    return { value: `${BigInt(top) * 2n}/${BigInt(bottom) * 2n}` }
  },
  'an error that cannot be': () => ({ error: { code: 'DIVISION_BY_ZERO', message: 'a lie' } }),
  'another error that cannot be': () => ({ error: { code: 'FRACTIONAL_EXPONENT', message: 'a lie' } }),
  'a result that is not too large': () => ({ error: { code: 'RESULT_TOO_LARGE', message: 'a lie' } }),
}

/** An agent that tells one kind of lie of all that it is given, for as long as it is given anything. */
class Liar {
  /** How often it has lied, and been believed. */
  lies = 0
  believed = 0
  readonly #socket: RawSocket
  readonly #lie: (truth: { value: string }) => object
  #agentId = ''

  constructor(socket: RawSocket, name: string, lie: (truth: { value: string }) => object) {
    this.#socket = socket
    this.#lie = lie
    socket.subscribe(openingOf(name, 8), ({ payload }) => {
      const { data } = (payload ?? {}) as SessionPayload
      this.#agentId = data?.agentSession.agentId ?? this.#agentId
      for (const task of data?.agentSession.assignments ?? []) void this.#answer(task)
    })
  }

  async #answer(task: TestAssignment): Promise<void> {
    this.lies += 1
    const result = { ticket: task.ticket, elapsedMs: 1, ...this.#lie({ value: valueOf(task) }) }
    const [receipt] = await hand(this.#socket, { agentId: this.#agentId, results: [result] })
    if (receipt === 'ACCEPTED') this.believed += 1
  }
}

const liar: Probe = {
  name: 'an agent that lies',
  kind: 'agents',
  limitMs: 90_000,
  expected: {
    believed: { without: Object.keys(lies) },
    isRight: { is: true },
    // A few until it is noticed, and what it has been given by then.
    liesUntilSetAside: { atMost: 40 },
  },
  async drive(stage) {
    const token = await agentToken(stage)
    const user = await stage.user()
    const believed = []
    let isRight = true
    let liesUntilSetAside = 0
    for (const [place, [kind, lie]] of Object.entries(lies).entries()) {
      const socket = await stage.socket(new Caller(stage.server, '10.254.0.1', token))
      if (socket === null) throw new Error('no socket')
      const one = new Liar(socket, `liar-${place}`, lie)
      // Wide, so that each agent is given some of it, and of values that are neither 0 nor long.
      for (let round = 0; round < stage.scaled(2, 6); round++) {
        const factor = 10 * place + round + 3
        const terms = Array.from({ length: 40 }, (_, term) => `(${term + 2}*${factor})`)
        const id = await submitted(user, terms.join('+'), `truth-${place}-${round}`)
        const status = await ended(stage, user, id)
        isRight &&= status === 'SUCCEEDED' && (await fractionOf(user, id)) === String(860 * factor)
      }
      socket.cut()
      if (one.believed > 0) believed.push(kind)
      liesUntilSetAside = Math.max(liesUntilSetAside, one.lies)
    }
    return { believed, isRight, liesUntilSetAside }
  },
}

async function fractionOf(user: Caller, id: string): Promise<string | undefined> {
  const { expression } = await user.get<{ expression: { result: { fraction: string } | null } }>(
    'query ($id: ID!) { expression(id: $id) { result { fraction } } }',
    { id },
  )
  return expression.result?.fraction
}

const forgedTickets: Probe = {
  name: 'a thousand forged tickets',
  kind: 'agents',
  expected: {
    receipts: { within: ['REFUSED', 'FORBIDDEN', 'UNAUTHENTICATED', 'RATE_LIMITED', 'closed 4403'] },
    lines: { atMost: 20 },
  },
  bounds: { logKiB: 16 },
  async drive(stage) {
    const token = await agentToken(stage)
    const socket = await stage.socket(new Caller(stage.server, '10.254.0.2', token))
    if (socket === null) throw new Error('no socket')
    const opened = await socket.answer(openingOf('forger', 1))
    const { data } = (opened?.payload ?? {}) as SessionPayload
    const receipts = new Set<string>()
    const before = stage.server.logBytes
    for (let batch = 0; batch < stage.scaled(2, 20); batch++) {
      const forged = Array.from({ length: 1_000 }, (_, place) => ({
        ticket: `${randomUUID()}.${place}.1.${'x'.repeat(43)}`,
        value: '1',
        elapsedMs: 1,
      }))
      for (const receipt of await hand(socket, { agentId: data?.agentSession.agentId, results: forged }))
        receipts.add(receipt)
    }
    return { receipts: [...receipts], lines: Math.round((stage.server.logBytes - before) / 150) }
  },
}

const names: Probe = {
  name: 'names of agents and tokens with line breaks, bidi and control characters',
  kind: 'agents',
  expected: { accepted: { atMost: 0 } },
  async drive(stage) {
    const token = await agentToken(stage)
    const odd = [
      'evil\u202egpj.exe',
      'two\nlines',
      '\u0007bell',
      'zero\u200bwidth',
      '\u2066isolated\u2069',
      'tab\tbed',
      '\u009bcsi',
    ]
    let accepted = 0
    for (const name of odd) {
      const socket = await stage.socket(new Caller(stage.server, '10.254.0.3', token))
      const opened = await socket?.answer(openingOf(name, 1))
      const { data } = (opened?.payload ?? {}) as SessionPayload
      if (data?.agentSession.__typename === 'AgentSessionOpened') accepted += 1
      socket?.cut()
      const made = await stage.admin.ask(
        'mutation ($name: String!) { createAgentToken(input: { name: $name }) { __typename ... on Error { code } } }',
        { name },
      )
      if (made.includes('OK')) accepted += 1
    }
    return { accepted }
  },
}

/** An agent that does its work, by hand. Whether it was let in. */
async function workOn(socket: RawSocket, name: string, slots: number): Promise<boolean> {
  let agentId: string | undefined
  return new Promise((resolve) => {
    socket.subscribe(openingOf(name, slots), ({ payload }) => {
      const { data } = (payload ?? {}) as SessionPayload
      if (data?.agentSession.__typename !== 'TasksAssigned') {
        agentId = data?.agentSession.agentId
        return resolve(agentId !== undefined)
      }
      const done = (data.agentSession.assignments ?? []).map((task) => ({
        ticket: task.ticket,
        elapsedMs: 1,
        value: valueOf(task),
      }))
      void hand(socket, { agentId, results: done })
    })
    socket.end().then(
      () => resolve(false),
      () => resolve(false),
    )
  })
}

const manySlots: Probe = {
  name: 'sixty agents of 1 024 slots with one token',
  kind: 'agents',
  expected: { slots: { atMost: 16_384 } },
  async drive(stage) {
    const token = await agentToken(stage)
    let slots = 0
    for (let place = 0; place < 60; place++) {
      const socket = await stage.socket(new Caller(stage.server, '10.254.0.4', token))
      if (socket !== null && (await workOn(socket, `hoarder-${place}`, 1_024))) slots += 1_024
    }
    return { slots }
  },
}

const otherWork: Probe = {
  name: 'an agent that does what only people may do',
  kind: 'agents',
  expected: { answers: { within: ['FORBIDDEN', 'UNAUTHENTICATED', 'NULL', 'NOT_FOUND'] } },
  async drive(stage) {
    const agent = new Caller(stage.server, '10.254.0.5', await agentToken(stage))
    const documents = [
      '{ expressions { edges { node { source } } } }',
      '{ users { edges { node { email } } } }',
      '{ agentTokens { name } }',
      'mutation { submitExpression(input: { source: "1+1", requestId: "agent" }) { __typename ... on Error { code } } }',
      'mutation { createAgentToken(input: { name: "more" }) { __typename ... on Error { code } } }',
      'mutation { setOperationDurations(input: { durations: [] }) { __typename ... on Error { code } } }',
    ]
    const answers = await Promise.all(documents.map(async (query) => codesOf(await agent.post(query))))
    return { answers: [...new Set(answers.flat())] }
  },
}

export const agentProbes: readonly Probe[] = [hugeArithmetic, liar, forgedTickets, names, manySlots, otherWork]
