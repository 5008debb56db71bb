import {
  assertObjectType,
  buildSchema,
  execute,
  GraphQLError,
  parse,
  type ExecutionArgs,
  type ExecutionResult,
  type GraphQLFieldResolver,
} from 'graphql'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { executeCompiled } from '../../src/transport/graphql/compiled-execution.ts'

const schema = buildSchema(`
  interface Named { name: String! }
  type Agent implements Named { name: String!, slots: Int! }
  type Task implements Named { name: String!, value(digits: Int = 3): String }
  input Filter { names: [String!]!, most: Int = 10 }
  type Query { all(filter: Filter!): [Named!]!, one: Task, strict: Task! }
  type Subscription { changed: Task! }
`)

interface Named {
  readonly __typename: string
  readonly name: string
  readonly slots?: number
  readonly value?: () => string | null
}

const taskOf = (name: string, value: () => string | null): Named => ({ __typename: 'Task', name, value })
const failing = (error: Error) =>
  taskOf('fails', () => {
    throw error
  })
const things: readonly Named[] = [
  taskOf('pi', () => '3.14159'),
  taskOf('none', () => null),
  failing(new Error('swordfish')),
  { __typename: 'Agent', name: 'ada', slots: 4 },
]

// As in the server, what is computed has a resolver: the compiler calls no functions that a value brings along.
const resolvers: Record<string, Record<string, GraphQLFieldResolver<never, unknown, never>>> = {
  Query: {
    all: (_root, { filter: { names, most } }: { filter: { names: string[]; most: number } }) =>
      Promise.resolve(things.filter(({ name }) => names.includes(name)).slice(0, most)),
    one: () => failing(new GraphQLError('Sign in first.', { extensions: { code: 'UNAUTHENTICATED' } })),
    strict: () => null,
  },
  Task: { value: ({ value }: Named, { digits }: { digits: number }) => value?.()?.slice(0, digits) ?? null },
}
for (const [type, fields] of Object.entries(resolvers))
  for (const [field, resolve] of Object.entries(fields))
    Object.assign(assertObjectType(schema.getType(type)).getFields()[field] ?? {}, { resolve })

const asks = `query ($filter: Filter!, $digits: Int) { all(filter: $filter) { name ... on Task { value(digits: $digits) } ... on Agent { slots } } }`

/** Asks as often as it takes, and tells how the last time was answered. */
async function askOften(args: ExecutionArgs): Promise<{ answer: ExecutionResult; interpreted: boolean }> {
  let interpreted = 0
  const interpret = (given: ExecutionArgs) => {
    interpreted++
    return execute(given) as ExecutionResult | Promise<ExecutionResult>
  }
  for (let time = 1; time < 150; time++) await executeCompiled(args, interpret)
  interpreted = 0
  const answer = await executeCompiled(args, interpret)
  return { answer, interpreted: interpreted > 0 }
}

/** A way to set each value that an object holds, however deep. */
function placesIn(holder: object): ((value: unknown) => void)[] {
  return Object.entries(holder).flatMap(([key, value]) => [
    (other: unknown) => void Object.assign(holder, { [key]: other }),
    ...(typeof value === 'object' && value !== null ? placesIn(value as object) : []),
  ])
}

const plain = (answer: ExecutionResult): unknown => JSON.parse(JSON.stringify(answer))

describe('what is asked often is compiled, and answered as before', () => {
  test.each<[string, string, Record<string, unknown>?, object?]>([
    ['a list', asks, { filter: { names: ['pi', 'none', 'ada'] } }],
    ['a list, cut by a default of an input', asks, { filter: { names: ['ada', 'pi'], most: 1 }, digits: 4 }],
    ['an item that fails', asks, { filter: { names: ['fails', 'ada'] } }],
    ['an error for the client', '{ one { name value } }'],
    ['null where there must be none', '{ strict { name } }'],
    ['aliases and fragments', 'query Named { a: one { ...F } b: one { ...F } } fragment F on Task { name }'],
    [
      'an event of a subscription',
      'subscription { changed { name value } }',
      {},
      { changed: taskOf('e', () => '2.718') },
    ],
  ])('%s', async (_what, source, variableValues = {}, rootValue = undefined) => {
    const args = { schema, document: parse(source), variableValues, rootValue }
    const { answer, interpreted } = await askOften(args)
    expect(interpreted).toBe(false)
    expect(plain(answer)).toEqual(plain(await execute(args)))
  })

  test('an error is one of graphql-js, with what caused it', async () => {
    const document = parse('{ all(filter: {names: ["fails"]}) { ... on Task { value } } }')
    const { answer } = await askOften({ schema, document })
    const [error] = answer.errors ?? []
    expect(error).toBeInstanceOf(GraphQLError)
    expect(error?.originalError?.message).toBe('swordfish')
    expect(error?.extensions).toEqual({})
  })
})

describe('odd variables are taken just as the interpreter takes them', () => {
  const types = buildSchema(`
    enum Colour { RED GREEN }
    input Inner { id: ID!, colour: Colour = RED, tags: [String!] }
    input Outer { inner: Inner, list: [Inner!], deep: [[Int!]], count: Int = 3, share: Float, is: Boolean }
    type Query { echo(outer: Outer, ids: [ID!], colours: [Colour!], count: Int, share: Float, is: Boolean!): String }
  `)
  const echo = (_root: never, args: unknown) => JSON.stringify(args)
  Object.assign(assertObjectType(types.getType('Query')).getFields()['echo'] ?? {}, { resolve: echo })
  const document = parse(
    `query ($outer: Outer, $ids: [ID!], $colours: [Colour!] = [GREEN], $count: Int = 7, $share: Float, $is: Boolean! = true) {
      echo(outer: $outer, ids: $ids, colours: $colours, count: $count, share: $share, is: $is)
    }`,
  )

  const leaf = fc.constantFrom<unknown>(
    ...[
      null,
      true,
      false,
      0,
      -0,
      1,
      -1,
      1.5,
      1e300,
      2 ** 31,
      -(2 ** 31),
      2 ** 53,
      '',
      'a',
      'RED',
      'GREEN',
      'red',
      '1',
      [],
      {},
    ],
    ...['__proto__', 'constructor', [[]], [null], ['RED'], { id: 'e' }, { other: 1 }, [{ id: 'f' }]],
  )
  const valid = () => ({
    outer: {
      inner: { id: 'a', colour: 'RED', tags: ['b'] },
      list: [{ id: 'c' }, { id: 'd', colour: null }],
      deep: [[1, 2], [], null],
      count: 1,
      share: 0.5,
      is: true,
    },
    ids: ['a', 'b'],
    colours: ['RED'],
    count: 2,
    share: 1.5,
    is: false,
  })

  /** What is right, but for one odd value somewhere in it, or none. */
  const variables = fc.tuple(fc.nat({ max: 200 }), fc.option(leaf)).map(([place, odd]) => {
    const given = valid()
    const places = placesIn(given)
    if (odd !== null) places[place % places.length]?.(odd)
    return given
  })

  test('and most of those that are right are compiled', async () => {
    const args = { schema: types, document }
    await askOften(args)
    let compiled = 0
    let right = 0
    await fc.assert(
      fc.asyncProperty(variables, async (given) => {
        // As they come: text, in which there is no undefined.
        const variableValues = JSON.parse(JSON.stringify(given)) as Record<string, unknown>
        let wasInterpreted = false
        const interpret = (interpreted: ExecutionArgs) => {
          wasInterpreted = true
          return execute(interpreted) as ExecutionResult
        }
        const answer = await executeCompiled({ ...args, variableValues }, interpret)
        const expected = await execute({ ...args, variableValues })
        expect(plain(answer)).toEqual(plain(expected))
        if (expected.errors === undefined) right += 1
        if (!wasInterpreted) compiled += 1
      }),
      { seed: 12, numRuns: 500 },
    )
    expect(right).toBeGreaterThan(5)
    expect(compiled).toBeGreaterThan(right / 3)
  })

  test('also an empty list at each place', async () => {
    const args = { schema: types, document }
    await askOften(args)
    for (let place = 0; place < placesIn(valid()).length; place++) {
      const variableValues = valid()
      placesIn(variableValues)[place]?.([])
      const answer = await executeCompiled({ ...args, variableValues })
      expect([place, plain(answer)]).toEqual([place, plain(await execute({ ...args, variableValues }))])
    }
  })

  test.each(['{ __proto__: one { name } }', 'query ($__proto__: Int) { one { value(digits: $__proto__) } }'])(
    '%s is never compiled',
    async (source) => {
      const args = { schema, document: parse(source), variableValues: {} }
      const { answer, interpreted } = await askOften(args)
      expect(interpreted).toBe(true)
      const expected = await execute(args)
      expect(JSON.stringify(answer)).toBe(JSON.stringify(expected))
    },
  )
})

test('the interpreter tells what is wrong with variables', async () => {
  const args = { schema, document: parse(asks), variableValues: { filter: { names: 7, colour: 'red' } } }
  const { answer, interpreted } = await askOften(args)
  expect(interpreted).toBe(true)
  expect(answer.errors?.length).toBeGreaterThan(0)
  expect(plain(answer)).toEqual(plain(await execute(args)))
})

test('the operation that is named is the one that is answered', async () => {
  const document = parse('query A { one { name } } query B { all(filter: {names: ["ada"]}) { name } }')
  const ask = (operationName: string) => askOften({ schema, document, operationName })
  expect(plain((await ask('A')).answer)).toEqual({ data: { one: { name: 'fails' } } })
  expect(plain((await ask('B')).answer)).toEqual({ data: { all: [{ name: 'ada' }] } })
  const { answer, interpreted } = await ask('C')
  expect(interpreted).toBe(true)
  expect(answer.errors?.[0]?.message).toMatch('C')
})
