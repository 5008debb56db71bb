import { beforeAll, describe, expect, test } from 'vitest'
import { whenFileIsDone } from '../support/cleanup.ts'
import { submit } from '../support/expressions.ts'
import { startWorld, type World } from '../support/world.ts'
import { effortOf } from './effort.ts'
import { ask } from './http.ts'
import { computeLargest, largeSource, largestSource, longestSource, smallerLimit } from './large-expression.ts'

let world: World
/** The largest expression that is allowed, computed to its end. */
let id: string

const whenDone = whenFileIsDone()
beforeAll(async () => {
  world = await startWorld({ whenDone, environment: smallerLimit })
  id = await computeLargest(world)
}, 120_000)

const aliases = (count: number, field: (place: number) => string) =>
  Array.from({ length: count }, (_, place) => `a${place}: ${field(place)}`).join(' ')
const ofTasks = (fields: string) => `query ($id: ID!) { expression(id: $id) { tasks { ${fields} } } }`
/** A document holds no such source, which is as long as is allowed: it comes by a variable. */
const onExpression = (query: string, of = id) =>
  ask(world.app, world.admin, query, query.includes('$source') ? { source: largestSource } : { id: of })

/** Far more than any of it takes, also on a slow machine; what these took before was minutes, or grew without end. */
const maxCpuMs = 8_000
/**
 * Of which others do not wait for more than this at a time: some tens of milliseconds, with the client, the compiler's thread and the
 * collector's, which run in this process too. A defect takes seconds.
 */
const maxTurnMs = 1_000
const maxBytes = 40 * 2 ** 20

const effortless = async (query: string, of = id) => {
  const { result, cpuMs, longestTurnMs } = await effortOf(() => onExpression(query, of))
  expect(cpuMs).toBeLessThan(maxCpuMs)
  expect(longestTurnMs).toBeLessThan(maxTurnMs)
  expect(result.bytes).toBeLessThan(maxBytes)
  return result
}

describe('what costs little is answered, of the largest expression too', () => {
  test.each([
    ['its plan by way of each task', ofTasks('expression { plan { depth criticalPathMs totalDurationMs } }')],
    ['itself by way of each task', ofTasks('expression { id status progress { completed } owner { email } }')],
    [
      'all tasks with their operands and results',
      ofTasks('index operands { value { fraction } task { index } } result { decimal }'),
    ],
    [
      'its plan under many names',
      `query ($id: ID!) { ${aliases(30, () => 'expression(id: $id) { plan { grouped depth } }')} }`,
    ],
    [
      'many digits under many names',
      `query ($id: ID!) { expression(id: $id) { result { ${aliases(30, () => 'decimal(digits: 1000)')} } } }`,
    ],
  ])('%s', async (_name, query) => {
    const { errors, extensions, status } = await effortless(query)
    expect({ errors, status }).toEqual({ errors: undefined, status: 200 })
    expect(extensions?.cost.actual).toBeGreaterThan(0)
    expect(extensions?.cost.actual).toBeLessThanOrEqual(extensions?.cost.limit ?? 0)
  })
})

describe('what costs much is refused, with the limit', () => {
  test.each([
    [
      'all tasks under many names',
      `query ($id: ID!) { ${aliases(10, () => 'expression(id: $id) { tasks { index status } }')} }`,
    ],
    ['numbers in many forms', ofTasks(`result { ${aliases(25, () => 'decimal(digits: 1000)')} }`)],
    ['periods in many forms', ofTasks(`result { ${aliases(28, () => 'repeating')} }`)],
    ['tasks of tasks', ofTasks('expression { tasks { expression { tasks { index } } } }')],
    [
      'operands of operands',
      ofTasks(aliases(4, () => 'operands { task { operands { task { operands { task { index } } } } } }')),
    ],
    [
      'many plans',
      `query ($source: String!) { ${aliases(30, () => 'planExpression(source: $source) { __typename }')} }`,
    ],
  ])('%s', async (_name, query) => {
    const { data, errors, status } = await effortless(query)
    expect({ data, status }).toEqual({ data: null, status: 400 })
    expect(errors).toHaveLength(1)
    expect(errors?.[0]).toMatchObject({
      message: expect.stringMatching(
        /^This asks for too much at once: it costs [\d,]+ or more, and at most 620,000 are allowed\./,
      ) as string,
      extensions: { code: 'QUERY_TOO_EXPENSIVE', cost: { limit: 620_000 } },
    })
  })

  test('tasks of many large expressions, found so while they are read', async () => {
    for (let place = 0; place < 5; place++) await submit(world.admin, largeSource(place))
    const { data, errors } = await effortless('{ expressions(first: 20) { edges { node { tasks { index } } } } }')
    expect(data).toBeNull()
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'QUERY_TOO_EXPENSIVE', cost: { limit: 620_000 } })
  })

  test('over a socket too, where errors have no status', async () => {
    const { data, errors } = await world.admin.run(
      `subscription ($id: ID!) { tasksChanged(expressionId: $id) { ${aliases(29, () => 'operands { value { decimal } }')} } }`,
      { id },
    )
    expect(data).toBeNull()
    expect(errors?.map(({ extensions }) => Object.keys(extensions ?? {}))).toEqual([['code', 'cost']])
  })
})

test.each([
  ['sources', ofTasks('expression { source }')],
  ['plans', ofTasks('expression { plan { grouped } }')],
])('an answer with more text than 16 MiB is refused: %s', async (_name, query) => {
  const { id: long } = await submit(world.admin, longestSource)
  const { data, errors, bytes } = await effortless(query, long)
  expect(data).toBeNull()
  expect(errors?.[0]?.extensions).toMatchObject({ code: 'ANSWER_TOO_LARGE', characters: { limit: 2 ** 24 } })
  expect(bytes).toBeLessThan(1_000)
})

test('others are answered while a large answer is made', async () => {
  const order: string[] = []
  const large = onExpression(ofTasks('id index status operands { value { decimal } task { id } } result { decimal }'))
  const small = ask(world.app, world.admin, '{ viewer { id } }')
  await Promise.all([large.then(() => order.push('large')), small.then(() => order.push('small'))])
  expect(order).toEqual(['small', 'large'])
  expect((await large).errors).toBeUndefined()
})

test('a document that is asked so often that it is compiled is answered as before, and refused as before', async () => {
  const query = `subscription ($id: ID!) { tasksChanged(expressionId: $id) { index operands { task { index } } result { decimal } agent { name } } }`
  const first = await world.admin.run(query, { id })
  expect((first.data as { tasksChanged: unknown[] }).tasksChanged).toHaveLength(4_999)
  // Each comes in a hundred parts, of which each counts.
  await world.admin.run(query, { id })
  expect(await world.admin.run(query, { id })).toEqual(first)
})
