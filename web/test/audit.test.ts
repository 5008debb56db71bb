/// <reference types="node" />
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { countIn, durationChanges, refusalIn } from '../src/features/audit/details.ts'
import type { AuditEvent } from '../src/features/audit/documents.ts'
import { entriesOf } from '../src/features/audit/entries.ts'
import { readFilter, variableOf, writeFilter } from '../src/features/audit/filter.ts'
import { kindGroups, kindsNamed, writeKind } from '../src/features/audit/kinds.ts'
import { sentences } from '../src/features/audit/sentences.ts'
import { russianWith } from '../src/language/ru/index.ts'

const russian = await russianWith(['audit'])
const schema = readFileSync(new URL('../../schema.graphql', import.meta.url), 'utf8')
const kinds = [.../enum AuditEventKind \{([^}]+)\}/.exec(schema)![1]!.matchAll(/^ {2}([A-Z_]+)$/gm)].map(
  ([, kind]) => kind as AuditEvent['kind'],
)

describe('each kind of event that the server has', () => {
  it('is one of many', () => expect(kinds.length).toBeGreaterThan(30))

  it('has a sentence of its own, in English and in Russian', () => {
    const told = kinds.map((kind) => sentences[kind] as unknown as string)
    expect(new Set(told).size).toBe(kinds.length)
    expect(told.filter((sentence) => (russian[sentence] ?? '').trim() === '')).toEqual([])
    expect(new Set(told.map((sentence) => russian[sentence])).size).toBe(kinds.length)
    expect(Object.keys(sentences).toSorted()).toEqual(kinds.toSorted())
  })

  it('is in one group by which it is looked for, under a name in both languages', () => {
    const grouped = kindGroups.flatMap(({ kinds }) => Object.entries(kinds))
    expect(grouped.map(([kind]) => kind).toSorted()).toEqual(kinds.toSorted())
    expect(grouped.filter(([, title]) => russian[title as unknown as string] === undefined)).toEqual([])
  })

  it.each(kinds)('%s is found by its name in the address', (kind) =>
    expect(kindsNamed(writeKind(kind))).toEqual([kind]),
  )
})

describe('the filter in the address', () => {
  const read = (address: string) => readFilter(new URLSearchParams(address))

  it.each(['', 'kind=agents', 'kind=role-changed&by=VXNlcjox&date=7d', 'date=2026-11-01..2026-11-27'])(
    'comes back as it was: %s',
    (address) => expect(new URLSearchParams(writeFilter(read(address))).toString()).toBe(address),
  )

  it.each(['kind=nothing', 'kind=constructor', 'kind=ROLE_CHANGED', 'date=someday', 'by='])(
    'leaves nothing out by %s',
    (address) => expect(variableOf(read(address), 0)).toEqual({ kinds: null, actor: null, from: null, before: null }),
  )

  it('of a group asks for all its kinds', () =>
    expect(variableOf(read('kind=passwords'), 0).kinds).toEqual(Object.keys(kindGroups[2].kinds)))
})

describe('events that follow each other', () => {
  const event: AuditEvent = {
    kind: 'SIGN_IN_FAILED',
    at: '2026-11-27T10:00:00Z',
    actorId: null,
    subjectId: null,
    address: '192.0.2.1',
    detail: 'ada@example.com',
    count: 1,
  }
  const edges = (...nodes: Partial<AuditEvent>[]) =>
    nodes.map((node, place) => ({ cursor: String(place), node: { ...event, ...node } }))

  it('become one where they tell the same, under the newest', () => {
    const [entry, ...others] = entriesOf(edges({}, {}, { at: '2026-11-27T09:00:00Z' }))
    expect(entry).toMatchObject({ cursor: '0', times: 3, since: '2026-11-27T09:00:00Z', event })
    expect(others).toEqual([])
  })

  it.each([
    { kind: 'SIGNED_IN' },
    { actorId: 'a' },
    { subjectId: 'a' },
    { address: null },
    { detail: null },
    { count: 2 },
  ] as const)('stay apart where they differ by %j', (other) =>
    expect(entriesOf(edges({}, other, {})).map(({ times }) => times)).toEqual([1, 1, 1]),
  )
})

describe('what an event tells', () => {
  it('of durations is read, but for what is cut off', () => {
    expect(durationChanges('+ 1000 -> 5 ms, gcd 1000 -> 70 ms, sqr')).toEqual([
      { name: '+', beforeMs: 1000, afterMs: 5 },
      { name: 'gcd', beforeMs: 1000, afterMs: 70 },
    ])
    expect(durationChanges('+ 1000 -> 5 ms, gcd 1000 -> 7')).toHaveLength(1)
  })

  it('begins with a number, or a reason', () => {
    expect([countIn('3 sessions'), countIn('12: a b'), countIn('')]).toEqual([3, 12, 0])
    expect(refusalIn('INVITATION_REFUSED a b@example.com')).toEqual({
      reason: 'INVITATION_REFUSED',
      email: 'a b@example.com',
    })
  })
})
