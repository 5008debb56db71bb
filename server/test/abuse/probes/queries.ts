import { codesOf } from '../harness/http.ts'
import type { Stage } from '../harness/stage.ts'
import type { Probe } from '../probe.ts'
import { aliased, codesOfAll, ended, submitted, submissionOfMany, longSum } from './documents.ts'
import { foreseen } from './expectations.ts'

/** One question, asked so often: what it came to, what it cost, and how long the longest answer was. */
async function askOf(stage: Stage, source: string, query: string, times = 1) {
  const user = await stage.user()
  const id = await submitted(user, source)
  return askFor(stage, user, query, { id }, times)
}

async function askFor(
  stage: Stage,
  user: Awaited<ReturnType<Stage['user']>>,
  query: string,
  variables: unknown,
  times: number,
) {
  const answers = new Set<string>()
  let longest = 0
  const milliseconds = await stage.costOf(async () => {
    for (let time = 0; time < times; time++) {
      const reply = await user.post(query, variables)
      longest = Math.max(longest, reply.text.length)
      for (const code of codesOf(reply)) answers.add(code)
    }
  })
  return { answers: [...answers], milliseconds, answerMiB: longest / 2 ** 20 }
}

/** What any one request may take, and its answer. */
/** An answer may have 16 Mi characters of text. */
const modest = { milliseconds: { atMost: 1_500 }, answerMiB: { atMost: 17 }, answers: foreseen } as const

const planOfEachTask: Probe = {
  name: 'the plan of the expression of each of its tasks',
  kind: 'queries',
  expected: modest,
  limitMs: 120_000,
  drive: (stage) =>
    askOf(
      stage,
      longSum(stage.scaled(1_000, 4_998)),
      'query ($id: ID!) { expression(id: $id) { tasks { expression { plan { grouped depth } } } } }',
    ),
}

const sourceOfEachTask: Probe = {
  name: 'the source of the expression of each of its tasks: 50 MB of answer',
  kind: 'queries',
  expected: modest,
  drive: (stage) =>
    askOf(
      stage,
      longSum(stage.scaled(2_500, 4_998)),
      'query ($id: ID!) { expression(id: $id) { tasks { expression { source } } } }',
    ),
}

/** Numbers that take longest to write as decimals, so many of them. */
const longQuotients = (count: number) =>
  Array.from({ length: count }, (_, place) => `1e2000/(7e1999+${2 * place + 1})`).join('+')

const longDecimals: Probe = {
  name: 'a thousand digits of each operand, under 25 aliases',
  kind: 'queries',
  expected: modest,
  async drive(stage) {
    const user = await stage.user()
    const id = await submitted(user, longQuotients(stage.scaled(20, 24)))
    await ended(stage, user, id)
    const values = aliased(25, () => 'decimal(digits: 1000)')
    return askFor(
      stage,
      user,
      `query ($id: ID!) { expression(id: $id) { tasks { operands { value { ${values} } } } } }`,
      { id },
      stage.scaled(1, 5),
    )
  },
}

const longPeriods: Probe = {
  name: 'the period of each operand, under 25 aliases',
  kind: 'queries',
  expected: modest,
  async drive(stage) {
    const user = await stage.user()
    const id = await submitted(user, longQuotients(stage.scaled(20, 24)))
    await ended(stage, user, id)
    const values = aliased(25, () => 'repeating')
    return askFor(
      stage,
      user,
      `query ($id: ID!) { expression(id: $id) { tasks { result { ${values} } operands { value { ${values} } } } } }`,
      { id },
      stage.scaled(1, 5),
    )
  },
}

const tasksOfMany: Probe = {
  name: 'the tasks of a page of large expressions',
  kind: 'queries',
  // The driver reads a log of 5 000 results in one go.
  bounds: { stretchMs: 250 },
  expected: modest,
  async drive(stage) {
    const user = await stage.user()
    const count = stage.scaled(5, 20)
    for (let place = 0; place < count; place++) await submitted(user, longSum(4_998), `large-${place}`)
    return askFor(
      stage,
      user,
      `{ expressions(first: ${count}) { edges { node { tasks { index status span { position } } } } } }`,
      {},
      1,
    )
  },
}

const plansWhileTyping: Probe = {
  name: 'thirty plans in one request, again and again',
  kind: 'queries',
  expected: { ...modest, milliseconds: { atMost: 3_000 } },
  bounds: { processorMs: 5_000 },
  async drive(stage) {
    const user = await stage.user()
    const source = '1.5e-9000+'.repeat(900) + '1'
    const plans = aliased(
      30,
      () =>
        'planExpression(source: $source) { __typename ... on Plan { depth grouped criticalPathMs } ... on Error { code } }',
    )
    return askFor(stage, user, `query ($source: String!) { ${plans} }`, { source }, stage.scaled(1, 10))
  },
}

const scans: Probe = {
  name: 'a search that matches almost, under 30 aliases, over 200 long sources',
  kind: 'queries',
  expected: {
    answers: foreseen,
    signIn: { without: ['INTERNAL_SERVER_ERROR', 'NO ANSWER', 'HTTP 503'] },
    signInMs: { atMost: 3_000 },
  },
  limitMs: 120_000,
  onlyWhole: true,
  async drive(stage) {
    const user = await stage.user()
    const source = '1'.repeat(9_991)
    for (let batch = 0; batch < 20; batch++) {
      const expressions = Array.from({ length: 10 }, (_, place) => ({ source, requestId: `long-${batch}-${place}` }))
      await user.get(submissionOfMany, { input: { expressions } })
    }
    const search = aliased(30, () => 'expressions(filter: { sourceContains: $text }) { edges { node { id } } }')
    const flood = Array.from({ length: 4 }, () =>
      user.ask(`query ($text: String!) { ${search} }`, { text: '1'.repeat(5_000) + '+' }),
    )
    const other = await stage.user()
    const since = performance.now()
    const signIn = await other.ask(
      'mutation ($email: String!) { login(input: { email: $email, password: "nobody-guesses this 7 times" }) { __typename ... on Error { code } } }',
      { email: other.email },
    )
    return { signIn, signInMs: performance.now() - since, answers: await codesOfAll(flood) }
  },
}

const manyIds: Probe = {
  name: 'ten thousand ids at once',
  kind: 'queries',
  expected: { answers: foreseen, milliseconds: { atMost: 1_500 } },
  async drive(stage) {
    const user = await stage.user()
    const id = await submitted(user, longSum(50))
    const ids = Array.from({ length: stage.scaled(2_000, 10_000) }, (_, place) =>
      place % 2 === 0 ? id : Buffer.from(`Expression:${crypto.randomUUID()}`).toString('base64'),
    )
    const { answers, milliseconds } = await askFor(
      stage,
      user,
      'query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id ... on Expression { source plan { depth } } } }',
      { ids },
      1,
    )
    // An id that nothing has is answered with null.
    return { answers: answers.filter((code) => code !== 'NULL'), milliseconds }
  },
}

const badCursors: Probe = {
  name: 'cursors that are none',
  kind: 'queries',
  expected: { answers: foreseen },
  async drive(stage) {
    const user = await stage.user()
    const cursors = [
      '',
      'x',
      'R1BDOlM6eA==',
      '\0',
      '\ud800',
      'R1BDOko6e30=',
      'a'.repeat(100_000),
      'R1BDOkQ6MTc5NTc0OTI4ODgwMA==',
    ]
    const query =
      'query ($after: String, $first: Int) { expressions(first: $first, after: $after) { edges { cursor } } }'
    const asked = cursors.flatMap((after) =>
      [0, 1, -1, 2_147_483_647].map((first) => user.ask(query, { after, first })),
    )
    return { answers: (await codesOfAll(asked)).filter((code) => code !== 'NULL') }
  },
}

const compiled: Probe = {
  name: 'a document that was asked a hundred times, with what it must refuse',
  kind: 'queries',
  expected: { listAccepted: { is: false }, aliasKept: { is: true }, then: foreseen },
  async drive(stage) {
    const user = await stage.user()
    const query = 'query ($filter: ExpressionFilter) { expressions(filter: $filter) { edges { node { id } } } }'
    const odd = '{ __proto__: clusterStats { agents __proto__: slots } }'
    const promised =
      'query ($regroup: Boolean!) { then: planExpression(source: "1+1", regroup: $regroup) { __typename ... on Plan { then: depth } } }'
    for (let round = 0; round < 150; round++) {
      await user.post(query, { filter: {} })
      await user.post(odd)
      await user.post(promised, { regroup: true })
    }
    const list = await user.ask(query, { filter: [] })
    const { text } = await user.post(odd)
    return {
      listAccepted: list.includes('OK'),
      aliasKept: /"__proto__":\{.*"__proto__":\d/.test(text),
      then: await user.ask(promised, { regroup: true }),
    }
  },
}

export const queryProbes: readonly Probe[] = [
  planOfEachTask,
  sourceOfEachTask,
  longDecimals,
  longPeriods,
  tasksOfMany,
  plansWhileTyping,
  scans,
  manyIds,
  badCursors,
  compiled,
]
