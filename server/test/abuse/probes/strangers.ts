import type { Probe } from '../probe.ts'
import type { Stage } from '../harness/stage.ts'

const login = `mutation ($password: String!) {
  login(input: { email: "nobody@example.com", password: $password }) { __typename ... on Error { code } }
}`
const register = `mutation ($password: String!) {
  register(input: { email: "nobody@example.com", password: $password }) { __typename ... on Error { code } }
}`

/** Marks in the order that takes longest to sort: what combines nearer to its letter stands last. */
const marks = (length: number) => 'e' + '\u0301\u0323'.repeat(length / 2)

const refusedInput = ['INVALID_INPUT', 'RATE_LIMITED', 'HTTP 413']

export const strangerProbes: readonly Probe[] = [
  {
    name: 'a password of unordered combining marks, to sign in',
    kind: 'strangers',
    expected: { answers: { within: refusedInput }, milliseconds: { atMost: 40 } },
    async drive(stage: Stage) {
      const stranger = stage.stranger()
      const password = marks(stage.scaled(60_000, 440_000))
      let answers: string[] = []
      const milliseconds = await stage.costOf(async () => (answers = await stranger.ask(login, { password })))
      return { answers, milliseconds }
    },
  },
  {
    name: 'a password of unordered combining marks, to register',
    kind: 'strangers',
    expected: { answers: { within: refusedInput }, milliseconds: { atMost: 40 } },
    async drive(stage: Stage) {
      const stranger = stage.stranger()
      const password = marks(stage.scaled(60_000, 440_000))
      let answers: string[] = []
      const milliseconds = await stage.costOf(async () => (answers = await stranger.ask(register, { password })))
      return { answers, milliseconds }
    },
  },
]
