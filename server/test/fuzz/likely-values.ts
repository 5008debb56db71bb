import {
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  type GraphQLInputType,
  type GraphQLScalarType,
} from 'graphql'
import type { Random } from '../simulation/random.ts'
import { longText, oddId, oddValue } from './odd-values.ts'
import { likelyId, type Pool } from './pool.ts'
import { ofEnum, ofFields, ofList, ofText, same, type Written } from './written.ts'

/** What values are written with. */
export interface ValueSources {
  readonly random: Random
  readonly pool: Pool
  /** How likely each part of a value is something odd instead. */
  readonly oddness: number
  /** How likely an argument is given by a variable. */
  readonly declared: number
}

const sources = [
  '1+1',
  '2*0',
  '(1+2)*(3-4)/5',
  '1/0',
  '2^0.5',
  '1/3*3',
  '7',
  '-(-2)',
  '1e50^3',
  '2^10^2',
  '1000-1-2-3-4-5-6-7-8-9',
  '1+',
  '(1',
  '1,5',
  '2(3)',
  '1/7+1/11+1/13',
  '1e9999+1',
  '×',
  '0.(3)+1',
]

/** A value that fits its type, and most likely means something; or, with the odds given, neither. */
export function valueFor(from: ValueSources, type: GraphQLInputType, field: string, argument: string): Written {
  const { random, oddness } = from
  if (random.chance(oddness)) return oddValue(random)
  if (isNonNullType(type)) return valueFor(from, type.ofType, field, argument)
  if (isListType(type)) {
    const length = random.pick([0, 1, 1, 2, 3, 20, random.chance(oddness) ? 300 : 4]) ?? 1
    return ofList(Array.from({ length }, () => valueFor(from, type.ofType, field, argument)))
  }
  if (isEnumType(type)) return ofEnum(random.pick(type.getValues())?.name ?? '')
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields()).filter((part) => isNonNullType(part.type) || random.chance(0.5))
    return ofFields(fields.map((part) => [part.name, valueFor(from, part.type, field, part.name)]))
  }
  return scalarFor(from, type, field, argument)
}

function scalarFor(
  { random, pool }: ValueSources,
  { name }: GraphQLScalarType,
  field: string,
  argument: string,
): Written {
  switch (name) {
    case 'Boolean':
      return same(String(random.chance(0.5)))
    case 'Int':
      return same(String(random.pick([0, 1, 2, 10, 34, 100, 101, 1_000, 1_001, 65_535, -1])))
    case 'Float':
      return same(String(random.pick([0, 1, 0.5, 1e9, -1])))
    case 'ID':
      return ofText(random.chance(0.1) ? oddId(random) : likelyId(random, pool, field, argument))
    default:
      return ofText(textFor(random, pool, argument))
  }
}

function textFor(random: Random, pool: Pool, argument: string): string {
  switch (argument) {
    case 'source':
    case 'sourceContains':
      return random.chance(0.05) ? longText(random) : (random.pick(sources) ?? '')
    case 'email':
      return random.pick(['fuzz-0@example.com', 'a@b.c', 'x', 'A@EXAMPLE.COM', `${'a'.repeat(300)}@x.org`]) ?? ''
    case 'password':
      return (
        random.pick(['nobody-guesses this 7 times', 'password', 'é'.repeat(8), 'x', '\u0301\u0323'.repeat(300)]) ?? ''
      )
    case 'after':
    case 'before':
      return random.pick(pool.cursors) ?? ''
    case 'requestId':
      return `fuzz-${random.between(1, 200)}`
    case 'heldTickets':
    case 'ticket':
      return `${random.pick(pool.ids.Expression) ?? ''}.0.1.${random.between(0, 99)}`
    case 'value':
      return random.pick(['1', '2/4', '1/0', '-0', '01', '1/-2', '9'.repeat(10_001)]) ?? ''
    default:
      return `fuzz ${random.between(1, 20)}`
  }
}
