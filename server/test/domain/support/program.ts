import fc from 'fast-check'
import Fraction from 'fraction.js'
import { compute } from './evaluate-plan.ts'

// Whole sources with bindings, calls and ranges, and what they mean: by going through the tree, each name as often as it is used. Nothing is
// shared, and nothing of the code under test is used.

type Tree =
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

export function writeProgram({ bindings, expression, separator }: Program): string {
  return [...bindings.map(({ name, value }) => `${name} = ${write(value)}`), write(expression)].join(separator)
}

function write(tree: Tree): string {
  switch (tree.kind) {
    case 'number':
      return tree.text
    case 'negation':
      return `(-${write(tree.operand)})`
    case 'binary':
      return `(${write(tree.left)} ${tree.symbol} ${write(tree.right)})`
    case 'call':
      return `${tree.name}(${tree.operands.map(write).join(', ')})`
    case 'name':
      return tree.name
    case 'range':
      return `${tree.word}(${tree.variable} = ${write(tree.from)}..${write(tree.to)}, ${write(tree.body)})`
  }
}

/** What a tree comes to, and how it would be written with all names and ranges written out: equal for equal operations. */
interface Meaning {
  readonly value: Fraction | null
  readonly text: string
}

export interface ProgramMeaning {
  /** `n` or `n/d`; null where something has no value. */
  readonly value: string | null
  /** How many different operations there are. */
  readonly operationCount: number
}

export function meaningOf(program: Program): ProgramMeaning {
  const operations = new Set<string>()
  const names = new Map(program.bindings.map(({ name, value }) => [name, value]))
  const meaning = evaluate(program.expression, { names, variables: new Map(), operations })
  return { value: meaning.value?.toFraction() ?? null, operationCount: operations.size }
}

interface Scope {
  readonly names: ReadonlyMap<string, Tree>
  readonly variables: ReadonlyMap<string, number>
  readonly operations: Set<string>
}

function evaluate(tree: Tree, scope: Scope): Meaning {
  switch (tree.kind) {
    case 'number':
      return { value: new Fraction(tree.text), text: tree.text }
    case 'negation':
      return negated(evaluate(tree.operand, scope))
    case 'binary':
      return join(tree.symbol, [evaluate(tree.left, scope), evaluate(tree.right, scope)], scope)
    case 'call':
      return join(
        tree.name,
        tree.operands.map((operand) => evaluate(operand, scope)),
        scope,
      )
    case 'name': {
      const variable = scope.variables.get(tree.name)
      if (variable !== undefined) return { value: new Fraction(variable), text: String(variable) }
      const value = scope.names.get(tree.name)
      if (value === undefined) throw new Error(`nobody knows ${tree.name}`)
      return evaluate(value, { ...scope, variables: new Map() })
    }
    case 'range':
      return evaluateRange(tree, scope)
  }
}

function evaluateRange({ word, variable, from, to, body }: Range, scope: Scope): Meaning {
  // What only a bound needs is not computed by anybody.
  const bound = (tree: Tree) => Number(evaluate(tree, { ...scope, operations: new Set() }).value)
  let terms: Meaning[] = []
  for (let value = bound(from); value <= bound(to); value += 1)
    terms.push(evaluate(body, { ...scope, variables: new Map([...scope.variables, [variable, value]]) }))
  const symbol = word === 'sum' ? '+' : '*'
  while (terms.length > 1) {
    const pairs: Meaning[][] = []
    for (let index = 0; index < terms.length; index += 2) pairs.push(terms.slice(index, index + 2))
    terms = pairs.map((pair) => (pair.length === 2 ? join(symbol, pair, scope) : (pair[0] as Meaning)))
  }
  const empty = word === 'sum' ? '0' : '1'
  return terms[0] ?? { value: new Fraction(empty), text: empty }
}

function negated({ value, text }: Meaning): Meaning {
  const flipped = text.startsWith('-') ? text.slice(1) : `-${text}`
  return { value: value?.neg() ?? null, text: text === '0' ? text : flipped }
}

function join(symbol: string, operands: readonly Meaning[], { operations }: Scope): Meaning {
  const texts = operands.map(({ text }) => text)
  const text = `${symbol}(${(symbol === '+' || symbol === '*' ? texts.sort() : texts).join(' ')})`
  operations.add(text)
  const values = operands.map(({ value }) => value)
  return { value: values.every((value) => value !== null) ? compute(symbol, values) : null, text }
}

/** Draws a value of an arbitrary: see `fc.gen`. */
type Draw = fc.GeneratorValue

const functions = { abs: 1, sign: 1, floor: 1, ceil: 1, mod: 2, min: 3, max: 2 } as const

interface Place {
  /** All names that have a value here, variables included. */
  readonly names: readonly string[]
  readonly variables: readonly string[]
  readonly depth: number
}

/** A program that is valid, though its value may not exist. */
export function drawProgram(draw: Draw): Program {
  const bindings: { name: string; value: Tree }[] = []
  const count = draw(fc.nat, { max: 3 })
  for (let index = 0; index < count; index += 1) {
    const names = bindings.map(({ name }) => name)
    bindings.push({ name: `x_${index}`, value: drawTree(draw, { names, variables: [], depth: 3 }) })
  }
  const names = bindings.map(({ name }) => name)
  const drawn = drawTree(draw, { names, variables: [], depth: 4 })
  // What is bound must be used.
  const expression = names.reduce<Tree>(
    (left, name) => ({ kind: 'binary', symbol: '-', left, right: { kind: 'name', name } }),
    drawn,
  )
  return { bindings, expression, separator: draw(fc.constantFrom, ...['; ', '\n', ';\n', '\n\n']) }
}

function drawTree(draw: Draw, place: Place): Tree {
  const { names, depth } = place
  const kinds = ['number', 'name', 'negation', 'binary', 'binary', 'binary', 'power', 'call', 'range'] as const
  const drawn = depth === 0 ? draw(fc.constantFrom, 'number', 'name') : draw(fc.constantFrom, ...kinds)
  const kind = drawn as (typeof kinds)[number]
  const below = { ...place, depth: depth - 1 }
  switch (kind) {
    case 'name':
      return names.length === 0 ? drawNumber(draw) : { kind: 'name', name: draw(fc.constantFrom, ...names) }
    case 'number':
      return drawNumber(draw)
    case 'negation':
      return { kind, operand: drawTree(draw, below) }
    case 'binary': {
      const symbol = draw(fc.constantFrom, '+', '+', '-', '*', '*', '/')
      return { kind, symbol, left: drawTree(draw, below), right: drawTree(draw, below) }
    }
    case 'power': {
      const right = { kind: 'number', text: String(draw(fc.nat, { max: 3 })) } as const
      return { kind: 'binary', symbol: '^', left: drawTree(draw, below), right }
    }
    case 'call': {
      const names = Object.keys(functions)
      const name = draw(fc.constantFrom, ...names) as keyof typeof functions
      return { kind, name, operands: Array.from({ length: functions[name] }, () => drawTree(draw, below)) }
    }
    case 'range':
      return drawRange(draw, place)
  }
}

function drawRange(draw: Draw, place: Place): Tree {
  const variable = `k${place.variables.length}`
  const from = drawBound(draw, place)
  const size: Tree = { kind: 'number', text: String(draw(fc.nat, { max: 3 })) }
  const to: Tree = { kind: 'binary', symbol: draw(fc.constantFrom, '+', '+', '-'), left: from, right: size }
  const inside = {
    names: [...place.names, variable],
    variables: [...place.variables, variable],
    depth: place.depth - 1,
  }
  const word = draw(fc.constantFrom, 'sum', 'product')
  return { kind: 'range', word, variable, from, to, body: drawTree(draw, inside) }
}

function drawBound(draw: Draw, { variables }: Place): Tree {
  const [variable] = variables
  if (variable !== undefined && draw(fc.boolean)) return { kind: 'name', name: variable }
  return { kind: 'negation', operand: { kind: 'number', text: String(draw(fc.nat, { max: 2 })) } }
}

const drawNumber = (draw: Draw): Tree => ({ kind: 'number', text: String(draw(fc.nat, { max: 5 })) })
