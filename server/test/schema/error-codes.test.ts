import { isEnumType, isInputObjectType, isInterfaceType, isObjectType } from 'graphql'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { createClient } from 'graphql-ws'
import { describe, expect, onTestFinished, test } from 'vitest'
import { WebSocket } from 'ws'
import { errorCodeGroups, errorCodes } from '../../src/domain/error-codes/error-codes.ts'
import { namesOf } from '../../src/schema/descriptions.ts'
import { schema } from '../../src/schema/index.ts'
import { startTransport } from '../transport/test-transport.ts'

const root = fileURLToPath(new URL('../../src/', import.meta.url))
const sources = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !/generated|error-codes/.test(file))
  .map((file) => ({ file, text: readFileSync(path.join(root, file), 'utf8') }))

/** Given by Yoga, which says so in its own sources. */
const ofYoga = new Set(['GRAPHQL_VALIDATION_FAILED'])

describe('the list of codes', () => {
  test('has each code once', () => {
    const count = Object.values(errorCodeGroups).reduce((sum, group) => sum + Object.keys(group).length, 0)
    expect(Object.keys(errorCodes)).toHaveLength(count)
  })

  test('has none that nothing uses', () => {
    const isUsed = (code: string) => sources.some(({ text }) => text.includes(`'${code}'`))
    expect(Object.keys(errorCodes).filter((code) => !ofYoga.has(code) && !isUsed(code))).toEqual([])
    expect(isUsed('NEVER_THROWN')).toBe(false)
  })

  // What is typed as a code is in the list, or does not compile; an error that is made past the types is not looked at by the compiler.
  test('has all, because errors of GraphQL are made where the type holds', () => {
    const makers = sources.filter(({ text }) => /new GraphQLError\([^)]*\bcode: '/s.test(text)).map(({ file }) => file)
    expect(makers).toEqual([])
  })
})

describe('every error has a code of the list', () => {
  const requests: [string, RequestInit & { path?: string }][] = [
    ['no GraphQL', post({ query: '{' })],
    ['another schema', post({ query: '{ nothing }' })],
    [
      'a variable of another type',
      post({ query: 'mutation ($value: String!) { write(value: $value) }', variables: { value: 1 } }),
    ],
    ['a variable that is missing', post({ query: 'mutation ($value: String!) { write(value: $value) }' })],
    ['two operations and no name', post({ query: 'query A { actor } query B { actor }' })],
    ['an operation that is not there', post({ query: 'query A { actor }', operationName: 'B' })],
    ['a document that is too deep', post({ query: `${'{ actor '.repeat(40)}${'}'.repeat(40)}` })],
    ['a document that is too long', post({ query: `{ ${'actor '.repeat(800)} }` })],
    ['no JSON', { ...post({}), body: '{' }],
    ['no object', { ...post({}), body: '[]' }],
    ['no query', post({})],
    ['other fields', post({ query: '{ actor }', other: 1 })],
    ['variables that are a text', post({ query: '{ actor }', variables: 'x' })],
    [
      'a form',
      { ...post({}), headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 'query={actor}' },
    ],
    ['a mutation by GET', { path: '?query=mutation{count}', headers: { 'x-graphql-yoga-csrf': '1' } }],
    ['another method', { method: 'PUT', headers: { 'x-graphql-yoga-csrf': '1' } }],
    ['a subscription without a stream', post({ query: 'subscription { events }' })],
    [
      'a document that is not kept',
      post({ extensions: { persistedQuery: { version: 1, sha256Hash: 'a'.repeat(64) } } }),
    ],
    ['an unforeseen fault', post({ query: '{ crash }' })],
  ]

  function post(body: object): RequestInit {
    return { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
  }

  test.each(requests)('over HTTP: %s', async (_what, { path = '', ...init }) => {
    const { url } = await startTransport()
    const response = await fetch(`${url}${path}`, init)
    expectCodes(JSON.parse(await response.text()) as { errors?: unknown[] })
  })

  const documents: [string, string, Record<string, unknown>?][] = [
    ['no GraphQL', '{'],
    ['another schema', '{ nothing }'],
    ['a variable of another type', 'mutation ($value: String!) { write(value: $value) }', { value: 1 }],
    ['two operations and no name', 'query A { actor } query B { actor }'],
    ['a document that is too long', `{ ${'actor '.repeat(800)} }`],
    ['an unforeseen fault', '{ crash }'],
  ]

  test.each(documents)('over a socket: %s', async (_what, query, variables = {}) => {
    const { url } = await startTransport()
    const client = createClient({ url: url.replace('http', 'ws'), webSocketImpl: WebSocket, retryAttempts: 0 })
    onTestFinished(() => void client.dispose())
    const errors = await new Promise<readonly unknown[]>((resolve, reject) => {
      client.subscribe(
        { query, variables },
        {
          next: (result) => resolve(result.errors ?? []),
          error: (cause) => (Array.isArray(cause) ? resolve(cause) : reject(cause as Error)),
          complete: () => undefined,
        },
      )
    })
    expectCodes({ errors: [...errors] })
  })

  function expectCodes({ errors = [] }: { errors?: unknown[] }) {
    expect(errors.length).toBeGreaterThan(0)
    for (const error of errors)
      expect(Object.keys(errorCodes), JSON.stringify(error)).toContain(
        (error as { extensions?: { code?: unknown } }).extensions?.code,
      )
  }
})

describe('what is deprecated', () => {
  const reasons = Object.values(schema.getTypeMap()).flatMap((type) => {
    if (isEnumType(type)) return type.getValues().map(({ deprecationReason }) => deprecationReason)
    if (isInputObjectType(type)) return Object.values(type.getFields()).map((field) => field.deprecationReason)
    if (!isObjectType(type) && !isInterfaceType(type)) return []
    return Object.values(type.getFields()).flatMap((field) => [
      field.deprecationReason,
      ...field.args.map((argument) => argument.deprecationReason),
    ])
  })
  const deprecated = reasons.filter((reason) => reason != null)

  test('names what to use, which is there, and how long it stays', () => {
    expect(deprecated.length).toBeGreaterThan(5)
    const names = new Set([...namesOf(schema)].map(([name]) => name.split('.').at(-1)))
    for (const reason of deprecated) {
      const [, replacement] = /^Use `(\w+)`.* Stays until \d+\.\d+\b/.exec(reason) ?? []
      expect(names, reason).toContain(replacement)
    }
  })
})
