import { randomUUID } from 'node:crypto'
import { agentToken, hand, openingOf, workOn, type SessionPayload } from '../harness/hand-made-agent.ts'
import { codesOf } from '../harness/http.ts'
import { Caller } from '../harness/people.ts'
import type { Probe } from '../probe.ts'
import { ended, submit } from './documents.ts'
import { liar } from './liars.ts'

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
