import { compute } from './evaluate-plan.ts'
import { rational, toText, type Rational } from './rational.ts'

// Whole sources with bindings, calls and ranges, and what they mean: by going through the tree, each name as often as it is used. Nothing is
// shared, and nothing of the code under test is used.

export type Tree =
  | { readonly kind: 'number'; readonly text: string }
  | { readonly kind: 'negation'; readonly operand: Tree }
  | { readonly kind: 'binary'; readonly symbol: string; readonly left: Tree; readonly right: Tree }
  | { readonly kind: 'call'; readonly name: string; readonly operands: readonly Tree[] }
  | { readonly kind: 'name'; readonly name: string }
  | Range

interface Range {
  readonly kind: 'range'
  readonly word: 'sum' | 'product'
  readonly variable: string
  readonly from: Tree
  readonly to: Tree
  readonly body: Tree
}

export interface Program {
  readonly bindings: readonly { readonly name: string; readonly value: Tree }[]
  readonly expression: Tree
  readonly separator: string
}

export const writeProgram = (program: Program): string => writtenProgram(program).source

/** The source, and where in it the operation of each tree stands. */
function writtenProgram({ bindings, expression, separator }: Program) {
  let source = ''
  const positions = new Map<Tree, number>()
  const write = (...parts: readonly (string | Tree)[]): void => {
    for (const part of parts)
      if (typeof part === 'string') source += part
      else writeTree(part)
  }
  const writeTree = (tree: Tree): void => {
    const writeHere = (symbol: string) => {
      positions.set(tree, source.length)
      source += symbol
    }
    switch (tree.kind) {
      case 'number':
        return write(tree.text)
      case 'negation':
        return write('(-', tree.operand, ')')
      case 'binary':
        write('(', tree.left, ' ')
        writeHere(tree.symbol)
        return write(' ', tree.right, ')')
      case 'call':
        writeHere(tree.name)
        return write('(', ...tree.operands.flatMap((operand, at) => (at === 0 ? [operand] : [', ', operand])), ')')
      case 'name':
        return write(tree.name)
      case 'range':
        writeHere(tree.word)
        return write(`(${tree.variable} = `, tree.from, '..', tree.to, ', ', tree.body, ')')
    }
  }
  for (const { name, value } of bindings) write(`${name} = `, value, separator)
  write(expression)
  return { source, positions }
}

/** What a tree comes to, and how it would be written with all names and ranges written out: equal for equal operations. */
interface Meaning {
  readonly value: Rational | null
  readonly text: string
}

export interface ProgramMeaning {
  /** `n` or `n/d`; null where something has no value. */
  readonly value: string | null
  /** How many different operations there are. */
  readonly operationCount: number
  /** Where the leftmost of the operations stands that have no result though their operands have; null where all have one. */
  readonly leftmostFault: number | null
}

/** @param maxDigits of a result */
export function meaningOf(program: Program, maxDigits = Infinity): ProgramMeaning {
  const operations = new Set<string>()
  const faults = new Set<number>()
  const names = new Map(program.bindings.map(({ name, value }) => [name, value]))
  const { positions } = writtenProgram(program)
  const scope = { names, variables: new Map<string, number>(), operations, faults, positions, maxDigits }
  const { value } = evaluate(program.expression, scope)
  const [leftmostFault = null] = [...faults].sort((a, b) => a - b)
  return { value: value && toText(value), operationCount: operations.size, leftmostFault }
}

export const isTooLong = ({ n, d }: Rational, maxDigits: number): boolean =>
  [n < 0n ? -n : n, d].some((part) => `${part}`.length > maxDigits)

interface Scope {
  readonly names: ReadonlyMap<string, Tree>
  readonly variables: ReadonlyMap<string, number>
  readonly operations: Set<string>
  readonly faults: Set<number>
  readonly positions: ReadonlyMap<Tree, number>
  readonly maxDigits: number
}

function evaluate(tree: Tree, scope: Scope): Meaning {
  switch (tree.kind) {
    case 'number':
      return { value: whole(tree.text), text: tree.text }
    case 'negation':
      return negated(evaluate(tree.operand, scope))
    case 'binary':
      return join(tree.symbol, [evaluate(tree.left, scope), evaluate(tree.right, scope)], tree, scope)
    case 'call':
      return join(
        tree.name,
        tree.operands.map((operand) => evaluate(operand, scope)),
        tree,
        scope,
      )
    case 'name': {
      const variable = scope.variables.get(tree.name)
      if (variable !== undefined) return { value: whole(variable), text: String(variable) }
      const value = scope.names.get(tree.name)
      if (value === undefined) throw new Error(`nobody knows ${tree.name}`)
      return evaluate(value, { ...scope, variables: new Map() })
    }
    case 'range':
      return evaluateRange(tree, scope)
  }
}

function evaluateRange(range: Range, scope: Scope): Meaning {
  const { word, variable, from, to, body } = range
  // What only a bound needs is not computed by anybody.
  const bound = (tree: Tree) => Number(evaluate(tree, { ...scope, operations: new Set(), faults: new Set() }).value?.n)
  let terms: Meaning[] = []
  for (let value = bound(from); value <= bound(to); value += 1)
    terms.push(evaluate(body, { ...scope, variables: new Map([...scope.variables, [variable, value]]) }))
  const symbol = word === 'sum' ? '+' : '*'
  while (terms.length > 1) {
    const pairs: Meaning[][] = []
    for (let index = 0; index < terms.length; index += 2) pairs.push(terms.slice(index, index + 2))
    terms = pairs.map((pair) => (pair.length === 2 ? join(symbol, pair, range, scope) : (pair[0] as Meaning)))
  }
  const empty = word === 'sum' ? '0' : '1'
  return terms[0] ?? { value: whole(empty), text: empty }
}

function negated({ value, text }: Meaning): Meaning {
  const flipped = text.startsWith('-') ? text.slice(1) : `-${text}`
  return { value: value && rational(-value.n, value.d), text: text === '0' ? text : flipped }
}

function join(symbol: string, operands: readonly Meaning[], tree: Tree, scope: Scope): Meaning {
  const { operations, faults, positions, maxDigits } = scope
  const texts = operands.map(({ text }) => text)
  const text = `${symbol}(${(symbol === '+' || symbol === '*' ? texts.sort() : texts).join(' ')})`
  operations.add(text)
  const values = operands.map(({ value }) => value)
  if (!values.every((value) => value !== null)) return { value: null, text }
  const computed = compute(symbol, values)
  const value = computed !== null && isTooLong(computed, maxDigits) ? null : computed
  if (value === null) faults.add(positions.get(tree) ?? NaN)
  return { value, text }
}

const whole = (number: string | number): Rational => rational(BigInt(number), 1n)
