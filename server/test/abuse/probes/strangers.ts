import { gzipSync } from 'node:zlib'
import { codesOf } from '../harness/http.ts'
import type { Stage } from '../harness/stage.ts'
import type { Probe } from '../probe.ts'
import { aliased, codesOfAll } from './documents.ts'
import { foreseen, refusedInput } from './expectations.ts'

const outcome = '{ __typename ... on Error { code } }'
const signIn = (verb: string) => `${verb}(input: { email: "nobody@example.com", password: $password }) ${outcome}`

/** Marks in the order that takes longest to sort: what combines nearer to its letter stands last. */
const marks = (length: number) => 'e' + '\u0301\u0323'.repeat(length / 2)

async function askAndCost(stage: Stage, query: string, variables: unknown) {
  const stranger = stage.stranger()
  let answers: string[] = []
  const milliseconds = await stage.costOf(async () => (answers = await stranger.ask(query, variables)))
  return { answers, milliseconds }
}

function passwordProbe(name: string, selection: string): Probe {
  return {
    name: `a password of unordered combining marks, ${name}`,
    kind: 'strangers',
    expected: { answers: refusedInput, milliseconds: { atMost: 60 } },
    drive: (stage) =>
      askAndCost(stage, `mutation ($password: String!) { ${selection} }`, {
        password: marks(stage.scaled(20_000, 440_000)),
      }),
  }
}

const passwordOverSocket: Probe = {
  name: 'a password of unordered combining marks, over a socket',
  kind: 'strangers',
  expected: { answers: refusedInput },
  async drive(stage) {
    const socket = await stage.socket(stage.stranger())
    const query = `mutation ($password: String!) { ${signIn('login')} }`
    const message = await socket?.answer({ query, variables: { password: marks(stage.scaled(20_000, 200_000)) } })
    return { answers: message ? codesOf({ status: 200, text: JSON.stringify(message.payload) }) : ['HTTP 413'] }
  },
}

const unknownNames: Probe = {
  name: 'documents of 0.9 MB of unknown names',
  kind: 'strangers',
  expected: { answers: refusedInput, echoedKiB: { atMost: 64 } },
  async drive(stage) {
    const stranger = stage.stranger()
    const documents = [
      `{ ${'x'.repeat(900_000)} }`,
      `{ ${'name '.repeat(180_000)} }`,
      `{ a(b: "${'é'.repeat(400_000)}") }`,
    ]
    const replies = []
    for (let round = 0; round < stage.scaled(1, 10); round++)
      for (const query of documents) replies.push(await stranger.post(query))
    return {
      answers: [...new Set(replies.flatMap(codesOf))],
      echoedKiB: Math.max(...replies.map(({ text }) => text.length)) / 1024,
    }
  },
}

const nestedVariables: Probe = {
  name: '450 000 nested brackets among the variables',
  kind: 'strangers',
  expected: { answers: refusedInput },
  async drive(stage) {
    const stranger = stage.stranger()
    const deep = (depth: number) => '['.repeat(depth) + ']'.repeat(depth)
    const bodies = [
      `{"query":"query ($ids: [ID!]!) { nodes(ids: $ids) { id } }","variables":{"ids":${deep(450_000)}}}`,
      `{"query":"{ viewer { id } }","extensions":${deep(450_000)}}`,
      deep(450_000),
      `{"query":"mutation ($p: String!) { login(input: {email: \\"a@b.c\\", password: $p}) { __typename } }","variables":{"p":${'{"a":'.repeat(150_000)}1${'}'.repeat(150_000)}}}`,
    ]
    const answers = []
    for (const body of bodies.slice(0, stage.scaled(2, 4))) answers.push(...codesOf(await stranger.send({ body })))
    return { answers: [...new Set(answers)] }
  },
}

const zipBomb: Probe = {
  name: 'compressed bodies that unpack to a gigabyte',
  kind: 'strangers',
  expected: { answers: { without: ['OK', 'NO ANSWER', 'INTERNAL_SERVER_ERROR', 'HTTP 500'] } },
  async drive(stage) {
    const stranger = stage.stranger()
    const bomb = gzipSync(Buffer.alloc(stage.scaled(64, 900) * 2 ** 20, 'a'), { level: 9 })
    const ask = async (encoding: string) => {
      const reply = await stranger.send({ body: bomb, headers: { 'content-encoding': encoding } })
      return codesOf(reply)
    }
    return { answers: await codesOfAll(['gzip', 'gzip, gzip', 'deflate', 'br'].map(ask)) }
  },
}

const batches: Probe = {
  name: 'lists of operations in one request',
  kind: 'strangers',
  expected: { answers: { without: ['OK', 'NO ANSWER', 'INTERNAL_SERVER_ERROR', 'HTTP 500'] } },
  async drive(stage) {
    const one = JSON.stringify({ query: '{ viewer { id } }' })
    const body = `[${Array(10_000).fill(one).join(',')}]`
    return { answers: codesOf(await stage.stranger().send({ body })) }
  },
}

const introspection: Probe = {
  name: 'a flood of introspection',
  kind: 'strangers',
  expected: { answers: foreseen },
  bounds: { processorMs: 6_000 },
  async drive(stage) {
    const stranger = stage.stranger()
    const type = 'name kind fields { name args { name type { name ofType { name } } } type { name ofType { name } } }'
    const answers = []
    for (let round = 0; round < stage.scaled(20, 200); round++)
      answers.push(
        stranger.ask(
          `{ __schema { types { ${type} inputFields { name } possibleTypes { name } } } c${round}: __typename }`,
        ),
      )
    return { answers: await codesOfAll(answers) }
  },
}

const tries: Probe = {
  name: 'a flood of sign-ins from one address',
  kind: 'strangers',
  expected: { answers: { some: ['RATE_LIMITED', 'HTTP 429'] } },
  // Hashing a password is meant to be dear, and is done beside the main thread.
  bounds: { memoryMiB: 512 },
  async drive(stage) {
    const stranger = stage.stranger()
    const query = `mutation ($password: String!) { ${aliased(10, (place) => `login(input: { email: "p${place}@example.com", password: $password }) ${outcome}`)} }`
    const answers = Array.from({ length: stage.scaled(10, 60) }, () =>
      stranger.ask(query, { password: 'wrong but long enough' }),
    )
    return { answers: await codesOfAll(answers) }
  },
}

export const strangerProbes: readonly Probe[] = [
  passwordProbe('to sign in', signIn('login')),
  passwordProbe('to register', signIn('register')),
  passwordProbe(
    'under ten aliases',
    aliased(10, () => signIn('login')),
  ),
  passwordOverSocket,
  unknownNames,
  nestedVariables,
  zipBomb,
  batches,
  introspection,
  tries,
]
