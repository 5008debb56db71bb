import fc from 'fast-check'
import { calculate, rational, type Rational } from './rational.ts'

/** How a node is written, where the grammar leaves a choice. */
interface Style {
  readonly before: string
  readonly after: string
  readonly spelling: number
  readonly hasExtraParentheses: boolean
}

/** An expression as the tests generate it: a tree with the manner of its writing, of which the compiler knows nothing. */
export type WrittenTree =
  | { readonly kind: 'number'; readonly style: Style; readonly text: string; readonly value: Rational }
  | { readonly kind: 'sign'; readonly style: Style; readonly isMinus: boolean; readonly operand: WrittenTree }
  | {
      readonly kind: 'binary'
      readonly style: Style
      readonly symbol: string
      readonly left: WrittenTree
      readonly right: WrittenTree
    }

const spellings: Readonly<Record<string, readonly string[]>> = {
  '+': ['+'],
  '-': ['-', '−'],
  '*': ['*', '×', '·'],
  '/': ['/', '÷', '⁄'],
  '^': ['^', '**'],
}

/** The source. Levels are the grammar's: 1 sum, 2 product, 3 unary, 4 power, 5 primary. */
export function write(tree: WrittenTree, level = 1): string {
  const { before, after, spelling, hasExtraParentheses } = tree.style
  const own = levelOf(tree)
  if (own < level || hasExtraParentheses) {
    const inner = { ...tree, style: { ...tree.style, hasExtraParentheses: false } }
    return `${before}(${write(inner)})${after}`
  }
  switch (tree.kind) {
    case 'number':
      return before + tree.text + after
    case 'sign':
      return before + (tree.isMinus ? spelled('-', spelling) : '+') + after + write(tree.operand, 3)
    case 'binary': {
      const [leftLevel, rightLevel] = own === 4 ? [5, 3] : [own, own + 1]
      return (
        write(tree.left, leftLevel) + before + spelled(tree.symbol, spelling) + after + write(tree.right, rightLevel)
      )
    }
  }
}

function levelOf(tree: WrittenTree): number {
  if (tree.kind === 'number') return 5
  if (tree.kind === 'sign') return 3
  return { '+': 1, '-': 1, '*': 2, '/': 2 }[tree.symbol] ?? 4
}

function spelled(symbol: string, spelling: number): string {
  const choices = spellings[symbol] ?? [symbol]
  return choices[spelling % choices.length] ?? symbol
}

/** Null where something in it has no value. */
export function evaluate(tree: WrittenTree): Rational | null {
  if (tree.kind === 'number') return tree.value
  if (tree.kind === 'sign') {
    const value = evaluate(tree.operand)
    return value !== null && tree.isMinus ? rational(-value.n, value.d) : value
  }
  const [left, right] = [evaluate(tree.left), evaluate(tree.right)]
  return left === null || right === null ? null : calculate(tree.symbol, left, right)
}

export function countOperations(tree: WrittenTree): number {
  if (tree.kind === 'number') return 0
  if (tree.kind === 'sign') return countOperations(tree.operand)
  return 1 + countOperations(tree.left) + countOperations(tree.right)
}

const space = fc.constantFrom('', '', '', ' ', '  ', '\t', '\n', '\u00a0')
const style: fc.Arbitrary<Style> = fc.record({
  before: space,
  after: space,
  spelling: fc.nat(5),
  hasExtraParentheses: fc.integer({ min: 0, max: 9 }).map((choice) => choice === 9),
})

const digits = (maxLength: number) => fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 1, maxLength })
const mantissa = fc.oneof(
  digits(3).map((whole) => [whole, whole, ''] as const),
  fc.tuple(digits(2), digits(3)).map(([whole, part]) => [`${whole}.${part}`, whole, part] as const),
  digits(3).map((part) => [`.${part}`, '', part] as const),
  digits(2).map((whole) => [`${whole}.`, whole, ''] as const),
)
const exponent = fc.option(fc.tuple(fc.constantFrom('e', 'E'), fc.constantFrom('', '+', '-'), fc.nat(4)), { freq: 4 })

const number: fc.Arbitrary<WrittenTree> = fc
  .tuple(style, mantissa, exponent)
  .map(([style, [text, whole, part], exponent]) => {
    const [letter = '', sign = '', power = 0] = exponent ?? []
    const scale = BigInt(power) * (sign === '-' ? -1n : 1n) - BigInt(part.length)
    const value =
      scale < 0n ? rational(BigInt(whole + part), 10n ** -scale) : rational(BigInt(whole + part) * 10n ** scale, 1n)
    return { kind: 'number', style, text: exponent === null ? text : `${text}${letter}${sign}${power}`, value }
  })

const smallInteger: fc.Arbitrary<WrittenTree> = fc
  .tuple(style, style, fc.integer({ min: -3, max: 3 }))
  .map(([style, signStyle, value]) => {
    const operand = {
      kind: 'number',
      style,
      text: `${Math.abs(value)}`,
      value: rational(BigInt(Math.abs(value)), 1n),
    } as const
    return value < 0 ? { kind: 'sign', style: signStyle, isMinus: true, operand } : operand
  })

/** Trees over these operators; repeat one to have more of it. */
export function writtenTree(symbols: readonly string[], maxDepth = 5): fc.Arbitrary<WrittenTree> {
  const { tree } = fc.letrec<{ tree: WrittenTree }>((tie) => ({
    tree: fc.oneof(
      { depthSize: 'max', maxDepth, withCrossShrink: true },
      { arbitrary: number, weight: 2 },
      {
        arbitrary: fc.record({
          kind: fc.constant('sign' as const),
          style,
          isMinus: fc.boolean(),
          operand: tie('tree'),
        }),
        weight: 1,
      },
      {
        arbitrary: fc
          .tuple(style, fc.constantFrom(...symbols), tie('tree'), tie('tree'), smallInteger)
          .map(([style, symbol, left, right, power]): WrittenTree => ({
            kind: 'binary',
            style,
            symbol,
            left,
            // Other exponents are too large or have no value; a table test has them.
            right: symbol === '^' ? power : right,
          })),
        weight: 6,
      },
    ),
  }))
  return tree
}
