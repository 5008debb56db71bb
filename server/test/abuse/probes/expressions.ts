import type { Person } from '../harness/people.ts'
import type { Probe } from '../probe.ts'
import { codesOfAll, submission, submissionOfMany, submit, longSum } from './documents.ts'
import { foreseen } from './expectations.ts'

/** As long as a source may be, of numbers that are as long as a number may be. */
const hugeNumbers = (length: number) => '1e9999+'.repeat(length) + '1'

interface Outcomes {
  readonly submitExpressions: { readonly outcomes?: readonly { readonly code?: string }[]; readonly code?: string }
}

async function submitMany(user: Person, sources: readonly string[], name: string): Promise<string[]> {
  const expressions = sources.map((source, place) => ({ source, requestId: `${name}-${place}` }))
  const reply = await user.post(submissionOfMany, { input: { expressions } })
  if (reply.status === 0) return ['NO ANSWER']
  const { data, errors } = JSON.parse(reply.text) as {
    data?: Outcomes | null
    errors?: { extensions?: { code?: string } }[]
  }
  if (data == null) return (errors ?? []).map(({ extensions }) => extensions?.code ?? 'GRAPHQL_ERROR')
  const { outcomes, code } = data.submitExpressions
  return outcomes?.map((outcome) => outcome.code ?? 'OK') ?? [code ?? 'OK']
}

const hugePlan: Probe = {
  name: 'a source of numbers of 10 000 digits',
  kind: 'expressions',
  expected: { answers: foreseen, milliseconds: { atMost: 400 } },
  async drive(stage) {
    const user = await stage.user()
    let answers: string[] = []
    const milliseconds = await stage.costOf(async () => {
      answers = await user.ask(submission, { source: hugeNumbers(1_426), requestId: 'huge' })
    })
    return { answers, milliseconds }
  },
}

const hugePlans: Probe = {
  name: 'many sources of numbers of 10 000 digits at once',
  kind: 'expressions',
  limitMs: 120_000,
  expected: { answers: foreseen },
  bounds: { processorMs: 6_000, memoryMiB: 512 },
  async drive(stage) {
    const users = await Promise.all(Array.from({ length: stage.scaled(1, 5) }, () => stage.user()))
    const sources = Array<string>(stage.scaled(3, 9)).fill(hugeNumbers(1_426))
    return { answers: await codesOfAll(users.map((user) => submitMany(user, sources, 'huge'))) }
  },
}

const backlog: Probe = {
  name: 'thousands of expressions of one user',
  kind: 'expressions',
  // Either a quota says when it is enough, or all are taken in and disturb nobody.
  expected: { answers: { within: ['OK', 'RATE_LIMITED', 'QUOTA_EXCEEDED', 'TOO_MANY_EXPRESSIONS'] } },
  bounds: { processorMs: 20_000, memoryMiB: 400 },
  async drive(stage) {
    const user = await stage.user()
    const answers = new Set<string>()
    for (let batch = 0; batch < stage.scaled(10, 100); batch++) {
      const sources = Array.from({ length: 100 }, (_, place) => `${place}+${batch}`)
      for (const code of await submitMany(user, sources, `backlog-${batch}`)) answers.add(code)
    }
    return { answers: [...answers] }
  },
}

const giants: Probe = {
  name: 'several expressions of 5 000 operations',
  kind: 'expressions',
  expected: { answers: { within: ['OK', 'RATE_LIMITED', 'QUOTA_EXCEEDED', 'TOO_MANY_EXPRESSIONS'] } },
  bounds: { processorMs: 15_000, memoryMiB: 400 },
  async drive(stage) {
    const user = await stage.user()
    return { answers: await submitMany(user, Array<string>(stage.scaled(2, 10)).fill(longSum(4_998)), 'giant') }
  },
}

const comingAndGoing: Probe = {
  name: 'submitting, cancelling, deleting in a loop',
  kind: 'expressions',
  expected: { answers: foreseen },
  bounds: { processorMs: 10_000 },
  async drive(stage) {
    const user = await stage.user()
    const answers = new Set<string>()
    for (let round = 0; round < stage.scaled(15, 100); round++) {
      const { id, code } = await submit(user, longSum(500), 'again')
      if (code !== undefined) answers.add(code)
      if (id === undefined) continue
      const outcome = '(input: { id: $id }) { __typename ... on Error { code } }'
      for (const verb of ['cancelExpression', 'retryExpression', 'deleteExpression'])
        for (const answer of await user.ask(`mutation ($id: ID!) { ${verb}${outcome} }`, { id })) answers.add(answer)
    }
    return { answers: [...answers] }
  },
}

const parentheses: Probe = {
  name: 'sources that are nested, chained or broken as far as it goes',
  kind: 'expressions',
  expected: { answers: foreseen, milliseconds: { atMost: 2_500 } },
  async drive(stage) {
    const user = await stage.user()
    const sources = [
      '('.repeat(5_000),
      '('.repeat(4_999) + '1' + ')'.repeat(4_999),
      '-'.repeat(9_999) + '1',
      '2^'.repeat(4_999) + '1',
      '1/'.repeat(4_999) + '3',
      '1-('.repeat(2_499) + '1' + ')'.repeat(2_499),
      '(1+2)*'.repeat(1_600) + '3',
      '9'.repeat(9_999),
      '0.'.padEnd(9_999, '3'),
      '9^9^9^9',
      '1e99999999999999999999',
      '2^1e9',
      '(1/3)^9999*'.repeat(800) + '1',
      'é'.repeat(9_999),
      'gcd('.repeat(2_500),
      'sum(k = 1..20001, 1/k)',
      'sum(k = 1..9007199254740991, k)',
      Array.from({ length: 14 }, (_, n) => `sum(k${n} = 1..2, `).join('') + 'k0*k13' + ')'.repeat(14),
      `sum(k = 1..20001, ${'-'.repeat(9_000)}k)`,
      `a0=1+1;${Array.from({ length: 600 }, (_, n) => `a${n + 1}=a${n}*a${n};`).join('')}a600`,
      '1 '.repeat(5_000),
    ]
    const answers = new Set<string>()
    const milliseconds = await stage.costOf(async () => {
      for (const [place, source] of sources.entries())
        for (const code of await user.ask(submission, { source, requestId: `broken-${place}` })) answers.add(code)
    })
    return { answers: [...answers], milliseconds }
  },
}

export const expressionProbes: readonly Probe[] = [hugePlan, hugePlans, backlog, giants, comingAndGoing, parentheses]
