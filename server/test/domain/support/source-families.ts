/** Sources of one kind, of any length. */
export interface Family {
  readonly name: string
  /** A source of about so many characters. */
  readonly of: (length: number) => string
}

const repeated = (part: string, end = '1'): Family => ({
  name: `${JSON.stringify(part)} repeated, then ${JSON.stringify(end)}`,
  of: (length) => part.repeat(Math.max(1, Math.floor((length - end.length) / part.length))) + end,
})

const nested = (open: string, close: string): Family => ({
  name: `${JSON.stringify(open)} … ${JSON.stringify(close)} nested`,
  of: (length) => {
    const depth = Math.max(1, Math.floor((length - 1) / (open.length + close.length)))
    return `${open.repeat(depth)}1${close.repeat(depth)}`
  },
})

/** What is right and goes on and on. */
export const chainFamilies: readonly Family[] = [
  ...['1*2+3*4*5+', '1+', '1*', '1-', '1^', '1+2*3-4/', '(1+2)*', '-(1+2)-', '1\u00a0+\u00a0'].map((part) =>
    repeated(part),
  ),
  ...['.5+', '1.5e-90+', '1e99+', '123456789.987654321+', '007+', '-', '-+', '1*--'].map((part) => repeated(part)),
  repeated('9'),
  repeated('0', '1'),
  { name: 'a long decimal', of: (length) => `0.${'1'.repeat(length)}5` },
  { name: 'zeros after the point', of: (length) => `0.${'0'.repeat(length)}1` },
]

export const nestedFamilies: readonly Family[] = [
  nested('(', ')'),
  ...['1+(', '1-(', '1*(', '2^(', '-(1+', '-(', '1+1+1*1*(', '(1+1)*('].map((open) => nested(open, ')')),
  ...['+1)', '-1)', '*1+1)', '^1)', '+1*1)'].map((close) => nested('(', close)),
]

/** What is wrong at its beginning, at its end, or everywhere. */
export const faultyFamilies: readonly Family[] = [
  ...['(', '.', ',', 'x', '²', '2(', '1 ', '1 000 ', '1,234', ',234', '1e', '1)', '😀', '1:'].map((part) =>
    repeated(part),
  ),
  ...['1+', '1*(1+'].flatMap((part) => [repeated(part, 'x'), repeated(part, '1)))'), repeated(part, '–1')]),
  { name: 'dashes for minuses, then a sum', of: (length) => `${'1–'.repeat(16)}${'1+'.repeat(length / 2)}1` },
  { name: 'a sum, then dashes for minuses', of: (length) => `${'1+'.repeat(length / 2)}1${'–1'.repeat(16)}` },
  { name: 'a sum never closed', of: (length) => `${'(1+'.repeat(length / 3)}1` },
]

/** A family made of some random parts: chains of them, nests of them, nests of chains. The same seed makes the same ones. */
export function randomFamilies(count: number, seed = 20_261_127): readonly Family[] {
  let state = seed
  const below = (limit: number): number => (state = (state * 1_103_515_245 + 12_345) % 2 ** 31) % limit
  const one = (choices: readonly string[]): string => choices[below(choices.length)] ?? ''
  const atom = () =>
    one(['', '', '', '-', '--', '-+-']) +
    one(['1', '1', '0', '.5', '5.', '1e9', '1.5e-8', '25', '0.0625', '98765432109876543210'])
  const operator = () => one(['', '', '', ' ', '\n']) + one(['+', '+', '*', '*', '-', '/', '^', '×', '−'])
  const chain = () => Array.from({ length: 1 + below(4) }, () => atom() + operator()).join('')
  return Array.from({ length: count }, () => {
    const inner = below(3) === 0 ? `(${chain()}1)` : atom()
    const part = chain() + inner + operator()
    return below(2) === 0 ? repeated(part) : nested(`${part}(`, below(2) === 0 ? ')' : `)${operator()}${atom()}`)
  })
}
