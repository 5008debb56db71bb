import fc from 'fast-check'
import type { Program, Tree } from './program.ts'

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

/** The same program, with numbers of which the planner knows nothing before they are computed. */
export function withHiddenNumbers({ bindings, expression, separator }: Program): Program {
  const hidden = bindings.map(({ name, value }) => ({ name, value: hide(value) }))
  return { bindings: hidden, expression: hide(expression), separator }
}

function hide(tree: Tree): Tree {
  switch (tree.kind) {
    case 'number':
      return { kind: 'call', name: 'abs', operands: [tree] }
    case 'negation':
      return { ...tree, operand: hide(tree.operand) }
    case 'binary':
      return { ...tree, left: hide(tree.left), right: hide(tree.right) }
    case 'call':
      return { ...tree, operands: tree.operands.map(hide) }
    case 'range':
      return { ...tree, body: hide(tree.body) }
    case 'name':
      return tree
  }
}
