import fc from 'fast-check'

/** Draws a value of an arbitrary: see `fc.gen`. */
type Draw = fc.GeneratorValue

const operators = ['+', '-', '*', '/'] as const
const leaves = ['number', 'name', 'name'] as const
const simple = [...leaves, 'range', 'range', 'range'] as const
const compound = [...simple, 'group', 'negation', 'power', 'call'] as const
type Kind = (typeof compound)[number]

/**
 * A small source of bare sums, products and ranges, whose parts the planner may join with what stands round them, through names as well. Its
 * bindings are `x_0`, `x_1` and so on.
 */
export function drawSource(draw: Draw): string {
  const count = draw(fc.nat, { max: 3 })
  const unused: string[] = []
  const statements: string[] = []
  for (let index = 0; index < count; index += 1) {
    statements.push(`x_${index} = ${drawChain(index, [], draw(fc.nat, { max: 2 }))}`)
    unused.push(`x_${index}`)
  }
  let last = drawChain(count, [], draw(fc.nat, { max: 2 }))
  // What is bound must be used.
  while (unused.length > 0) last += ` ${draw(fc.constantFrom, ...operators)} ${unused.pop()}`
  return [...statements, last].join('; ')

  /** @param variables of the ranges round it */
  function drawChain(statement: number, variables: readonly string[], depth: number): string {
    let chain = drawTerm()
    const joined = draw(fc.constantFrom, ['+', '-'], ['+', '+'], ['*', '/'])
    for (let more = draw(fc.nat, { max: 2 }); more > 0; more -= 1)
      chain += ` ${draw(fc.constantFrom, ...joined)} ${drawTerm()}`
    return chain

    function drawTerm(): string {
      const kinds: readonly Kind[] = depth === 0 ? leaves : variables.length > 0 ? simple : compound
      const below = () => drawChain(statement, variables, depth - 1)
      switch (draw(fc.constantFrom, ...kinds) as Kind) {
        case 'number':
          return drawNumber()
        case 'name':
          return drawName()
        case 'range':
          return drawRange()
        case 'group':
          return `(${below()})`
        case 'negation':
          return `(-(${below()}))`
        case 'power':
          return `(${below()})^2`
        case 'call':
          return `max(${below()}, ${below()})`
      }
    }

    function drawName(): string {
      const binding = unused.length > 0 && draw(fc.boolean) ? unused.pop() : undefined
      const all = statements.map((_, index) => `x_${index}`)
      return binding ?? draw(fc.constantFrom, ...variables, ...all, drawNumber())
    }

    function drawRange(): string {
      // Of another name in each statement, so that names can be written out.
      const variable = `k${statement}_${variables.length}`
      const from = 1 + draw(fc.nat, { max: 2 })
      const to = from + draw(fc.nat, { max: 4 }) - 1
      const body = drawChain(statement, [...variables, variable], depth - 1)
      return `${draw(fc.constantFrom, 'sum', 'product')}(${variable} = ${from}..${to}, ${body})`
    }
  }

  function drawNumber(): string {
    return String(1 + draw(fc.nat, { max: 8 }))
  }
}
