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

const liar: Probe = {
  name: 'an agent that lies',
  kind: 'agents',
  limitMs: 90_000,
  expected: {
    believed: { without: Object.keys(lies) },
    isRight: { is: true },
    liesUntilSetAside: { atMost: 60 },
  },
  async drive(stage) {
    const token = await agentToken(stage)
    const user = await stage.user()
    const socket = await stage.socket(new Caller(stage.server, '10.254.0.1', token))
    if (socket === null) throw new Error('no socket')
    const told = new Map<string, number>()
    const believed = new Set<string>()
    let agentId = ''
    let count = 0
    const names = Object.keys(lies) as (keyof typeof lies)[]
    socket.subscribe(openingOf('liar', 8), ({ payload }) => {
      const { data } = (payload ?? {}) as SessionPayload
      agentId = data?.agentSession.agentId ?? agentId
      for (const task of data?.agentSession.assignments ?? []) void lieAbout(task)
    })
    async function lieAbout(task: TestAssignment): Promise<void> {
      const name = names[count++ % names.length] ?? 'a wrong value'
      told.set(name, (told.get(name) ?? 0) + 1)
      const result = { ticket: task.ticket, elapsedMs: 1, ...lies[name]({ value: valueOf(task) }) }
      const [receipt] = await hand(socket as RawSocket, { agentId, results: [result] })
      if (receipt === 'ACCEPTED') believed.add(name)
    }
    // Wide, so that each agent is given some of it. Each result is neither 0 nor long.
    let isRight = true
    for (let round = 0; round < stage.scaled(4, 12); round++) {
      const terms = Array.from({ length: 40 }, (_, place) => `(${place + 2}*${round + 3})`)
      const id = await submitted(user, terms.join('+'), `truth-${round}`)
      const status = await ended(stage, user, id)
      isRight &&=
        status === 'SUCCEEDED' && (await fractionOf(stage, user, id)) === String(819 * (round + 3) + 40 * (round + 3))
    }
    return { believed: [...believed], isRight, liesUntilSetAside: count }
  },
}

async function fractionOf(_stage: Stage, user: Caller, id: string): Promise<string | undefined> {
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
