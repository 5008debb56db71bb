import { agentToken, hand, openingOf, valueOf, type SessionPayload } from '../harness/hand-made-agent.ts'
import { Caller } from '../harness/people.ts'
import type { RawSocket } from '../harness/socket.ts'
import type { Probe } from '../probe.ts'
import type { TestAssignment } from '../../support/test-agent.ts'
import { ended, submitted } from './documents.ts'

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

export const liar: Probe = {
  name: 'an agent that lies',
  kind: 'agents',
  limitMs: 90_000,
  // A lie about somebody else's 1+1 is an attempt at it, after which another takes a second.
  bounds: { neighbourMs: 3_500 },
  expected: {
    believed: { without: Object.keys(lies) },
    isRight: { is: true },
    // A few until it is noticed, and what it has been given by then.
    // All that it held, in one batch: what comes together is judged together.
    liesUntilSetAside: { atMost: 200 },
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
