import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { layOutGraph, nodeRadius, type GraphLayout } from '../src/features/expression/graph/graph-layout.ts'
import { shapeOf, taskCount, type GraphShape } from '../src/features/expression/graph/graph-shape.ts'
import { standingFor, walk } from '../src/features/expression/graph/walk.ts'

type Operand = number | string

/** Operands are numbers of tasks, or text for numbers in the source. */
const plan = (...tasks: Operand[][]): GraphShape =>
  shapeOf(
    tasks.map((operands) => ({
      operands: operands.map((operand) =>
        typeof operand === 'number'
          ? { task: { index: operand }, negated: false, value: null }
          : { task: null, negated: false, value: { short: operand } },
      ),
    })),
  )

const layOut = (shape: GraphShape, folded: readonly number[] = []): GraphLayout => {
  const flags = new Uint8Array(taskCount(shape))
  for (const task of folded) flags[task] = 1
  const layout = layOutGraph(shape, flags)
  if (!layout) throw new Error('nothing to lay out')
  return layout
}

/** A random graph: each task works on any that stand before it, or on numbers; the last one on all that nobody else does. */
const randomPlan = fc
  .array(fc.array(fc.nat(), { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 60 })
  .map((choices) => {
    const tasks: Operand[][] = choices.map((picks, index) =>
      picks.map((pick) => (pick % 3 === 0 || index === 0 ? '12.5' : pick % index)),
    )
    const used = new Set(tasks.flat())
    const unused = tasks.flatMap((_, index) => (used.has(index) ? [] : [index]))
    return plan(...tasks, unused)
  })

/** Each operand that is a task, with who uses it. */
const uses = ({ offsets, operands }: GraphShape): { user: number; operand: number }[] =>
  Array.from({ length: offsets.length - 1 }, (_, user) =>
    [...operands.slice(offsets[user], offsets[user + 1])]
      .filter((operand) => operand >= 0)
      .map((operand) => ({ user, operand })),
  ).flat()

describe('the layout of a graph', () => {
  it('puts the root on top and operands below, from left to right', () => {
    const { level, x, numberX } = layOut(plan(['1', '2'], ['3', '4'], [0, 1]))
    expect([...level]).toEqual([1, 1, 0])
    expect(x[0]).toBeLessThan(x[2]!)
    expect(x[1]).toBeGreaterThan(x[2]!)
    expect(numberX[0]).toBeLessThan(numberX[1]!)
  })

  it('draws each task once, below all who use it', () => {
    fc.assert(
      fc.property(randomPlan, (shape) => {
        const { level, parent } = layOut(shape)
        expect(level.every((depth) => depth >= 0)).toBe(true)
        for (const { user, operand } of uses(shape)) expect(level[operand]).toBeGreaterThan(level[user]!)
        // Hung below one that is right above it.
        parent.forEach((above, task) => above >= 0 && expect(level[task]).toBe(level[above]! + 1))
      }),
    )
  })

  it('lets no nodes of a level overlap', () => {
    fc.assert(
      fc.property(randomPlan, (shape) => {
        const { level, x, room } = layOut(shape)
        level.forEach((depth, task) =>
          level.forEach((otherDepth, other) => {
            if (depth !== otherDepth || task === other) return
            expect(Math.abs(x[task]! - x[other]!)).toBeGreaterThan(2 * nodeRadius)
            expect(room[task]! - 0.01).toBeLessThanOrEqual(Math.abs(x[task]! - x[other]!))
          }),
        )
      }),
    )
  })

  it('leaves out what lies below a folded task, unless another uses it', () => {
    // 0 is used by 1 and by 3, 1 by 2 alone.
    const shape = plan(['1', '2'], [0, '3'], [1, '4'], [2, 0])
    expect([...layOut(shape, [2]).level]).toEqual([1, -1, 1, 0])
    expect([...layOut(shape).level]).toEqual([3, 2, 1, 0])
  })

  it('takes chains as long as they are allowed to be', () => {
    const chain = Array.from({ length: 20_000 }, (_, task) => (task === 0 ? ['1', '2'] : [task - 1, '1']))
    expect(layOut(plan(...chain)).level[0]).toBe(19_999)
  })

  it('has nothing to say of a lone number', () => {
    expect(layOutGraph(plan(), new Uint8Array())).toBeNull()
  })
})

describe('walking through a graph', () => {
  //      4
  //    2   3
  //   0      1
  const shape = plan(['1', '2'], ['3', '4'], [0, '5'], [1, '6'], [2, 3])
  const layout = layOut(shape)
  const go = (from: number, key: string) => walk(shape, layout, from, key)

  it('goes up, down and sideways, and stays where there is nothing more', () => {
    expect([go(4, 'ArrowDown'), go(2, 'ArrowDown'), go(0, 'ArrowDown')]).toEqual([2, 0, null])
    expect([go(0, 'ArrowUp'), go(4, 'ArrowUp')]).toEqual([2, null])
    expect([go(2, 'ArrowRight'), go(3, 'ArrowRight'), go(3, 'ArrowLeft')]).toEqual([3, null, 2])
    // Along the level, to what another task uses.
    expect(go(0, 'ArrowRight')).toBe(1)
    expect(go(0, 'Home')).toBe(4)
  })

  it('does not go into what is folded', () => {
    expect(walk(shape, layOut(shape, [2]), 2, 'ArrowDown')).toBeNull()
  })

  it('goes on from what is in sight where the task itself is folded away', () => {
    expect([0, 1, 2].map((task) => standingFor(shape, layOut(shape, [2]), task))).toEqual([2, 1, 2])
    expect(standingFor(shape, layOut(shape, [4]), 0)).toBe(4)
    expect(walk(shape, layOut(shape, [2]), standingFor(shape, layOut(shape, [2]), 0), 'ArrowUp')).toBe(4)
  })

  it('always goes on from something that is in sight, and has what it stands for below it', () => {
    fc.assert(
      fc.property(randomPlan, fc.array(fc.nat(60), { maxLength: 8 }), fc.nat(60), (shape, picks, pick) => {
        const within = (number: number) => number % taskCount(shape)
        const layout = layOut(shape, picks.map(within))
        const task = within(pick)
        const at = standingFor(shape, layout, task)
        expect(layout.level[at]).toBeGreaterThanOrEqual(0)
        if (layout.level[task] !== -1) expect(at).toBe(task)
        const below = new Set([at])
        for (let user = at; user >= 0; user -= 1)
          if (below.has(user))
            for (const { operand } of uses(shape).filter((use) => use.user === user)) below.add(operand)
        expect(below).toContain(task)
      }),
    )
  })
})
