import type { Random } from '../simulation/random.ts'
import { ofFields, ofText, same, type Written } from './written.ts'

const numbers = [
  '0',
  '-0',
  '-1',
  '1.5',
  '2147483647',
  '2147483648',
  '-2147483649',
  '9007199254740993',
  '123456789012345678901234567890',
  '1e10',
  '1e400',
  '-1e400',
  '1e-400',
]

const names = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', '__typename', 'then', 'length']

const texts = [
  '',
  ' ',
  '\0',
  'a\0b',
  '\ud800',
  'x\udc00y',
  '\u202eevil\u202c',
  '\u2066a\u2069',
  '\r\nset-cookie: a=b',
  '\u2028',
  '\ufeff',
  '\ufdfa',
  'null',
  'true',
  '1',
  '-1',
  '1/3',
  '1e9999',
  '%',
  '_',
  '\\',
  "'; --",
  '$1',
  '${x}',
  '%s%n',
  '../../etc/passwd',
  '00000000-0000-0000-0000-000000000000',
  '0'.repeat(36),
  '💥',
  ...names,
]

/** Something that hardly anybody foresees. */
export function oddValue(random: Random): Written {
  switch (random.between(0, 8)) {
    case 0:
      return same(random.pick(numbers) ?? '0')
    case 1:
    case 2:
      return ofText(random.pick(texts) ?? '')
    case 3:
      return ofText(longText(random))
    case 4:
      return same(random.pick(['null', 'true', 'false', '[]', '{}', '[[]]', '[null]']) ?? 'null')
    case 5:
      return deepList(random.pick([2, 10, 100, 400, 5_000]) ?? 2)
    case 6:
      return ofFields([[random.pick(names) ?? 'then', random.chance(0.5) ? same('{}') : ofText('x')]])
    case 7:
      return ofText(oddId(random))
    default:
      return same(String(random.between(-1_000, 100_000)))
  }
}

/** Long, of one kind of character; some kinds cost more than others. */
export function longText(random: Random): string {
  const unit = random.pick(['a', '1', '(', '1+', '-', ' ', '\u0301\u0323', '9', '1e9999+', '\ud83d\ude00', '=', ';a=1'])
  return (unit ?? 'a').repeat(random.pick([100, 1_000, 5_000, 10_000, 40_000]) ?? 100)
}

/** Ids that look like global ones, and name what cannot be. */
export function oddId(random: Random): string {
  const type = random.pick([
    'Expression',
    'Task',
    'User',
    'Agent',
    'AgentToken',
    'Operation',
    'Query',
    'Nothing',
    '__proto__',
  ])
  const id = random.pick([
    '',
    '0',
    '-1',
    'x',
    '\0',
    'null',
    '01234567-89ab-7def-8123-456789abcdef',
    'ADD',
    '1:1',
    'a'.repeat(5_000),
  ])
  const text = `${type}:${id}`
  return random.chance(0.8) ? Buffer.from(text).toString('base64') : text
}

function deepList(depth: number): Written {
  return same('['.repeat(depth) + ']'.repeat(depth))
}
