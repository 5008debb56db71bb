import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { layOutTree, type LaidOutTask, type TreeLayout } from '../src/features/expression/tree-layout.ts'

type Operand = number | string

/** Operands are numbers of tasks, or text for numbers in the source. */
const task = (index: number, ...operands: Operand[]): LaidOutTask => ({
  index,
  operands: operands.map((operand) =>
    typeof operand === 'number'
      ? { task: { index: operand }, negated: false, value: null }
      : { task: null, negated: false, value: { short: operand } },
  ),
})

/** A random tree: each task takes for its operands tasks that have no parent yet, or numbers. */
const randomTasks = fc.array(fc.tuple(fc.boolean(), fc.boolean()), { minLength: 1, maxLength: 60 }).map((choices) => {
  const orphans: number[] = []
  const take = (isTask: boolean): Operand => (isTask ? (orphans.pop() ?? '7') : '1234.5')
  const tasks = choices.map(([left, right], index) => {
    const made = task(index, take(left), take(right))
    orphans.push(index)
    return made
  })
  // What has no parent at the end would not be a part of the plan: join it all.
  while (orphans.length > 1) {
    const made = task(tasks.length, orphans.pop() ?? '', orphans.pop() ?? '')
    tasks.push(made)
    orphans.push(made.index)
  }
  return tasks
})

const nodeOf = (layout: TreeLayout, key: string) => {
  const node = layout.nodes.find((node) => node.key === key)
  if (!node) throw new Error(`no node ${key}`)
  return node
}

describe('layOutTree', () => {
  it('has nothing to lay out without a task', () => {
    expect(layOutTree([])).toBeNull()
  })

  it('draws what several tasks use once, at the first of them, and refers to it from the others', () => {
    const layout = layOutTree([task(0, '1', '2'), task(1, 0, 0), task(2, 1, 0)])
    const contents = new Map(layout?.nodes.map(({ key, content }) => [key, content]))
    expect(contents.get('0')).toEqual({ kind: 'task', index: 0, isNegated: false })
    expect(contents.get('1.0')).toEqual({ kind: 'reference', index: 0, isNegated: false })
    expect(contents.get('1.1')).toEqual({ kind: 'reference', index: 0, isNegated: false })
    expect(layout?.links.filter(({ task }) => task === 0).map(({ key }) => key)).toEqual(['0', '1.0', '1.1'])
  })

  it('draws a chain that doubles each time as long as it is', () => {
    const doubling = [task(0, '1', '1'), ...Array.from({ length: 140 }, (_, below) => task(below + 1, below, below))]
    expect(layOutTree(doubling)?.nodes).toHaveLength(141 + 140 + 2)
  })

  it('puts the root on top and operands in their order below it', () => {
    const layout = layOutTree([task(0, '1', '2'), task(1, '3', '4'), task(2, 0, 1)])
    if (!layout) throw new Error('no layout')
    const [root, left, right] = ['2', '0', '1'].map((key) => nodeOf(layout, key))
    expect(root?.y).toBeLessThan(left?.y ?? 0)
    expect(left?.y).toBe(right?.y)
    expect(left?.x).toBeLessThan(root?.x ?? 0)
    expect(right?.x).toBeGreaterThan(root?.x ?? 0)
    expect(nodeOf(layout, '0.0')).toMatchObject({ content: { kind: 'number', text: '1' } })
    expect(layout.links.map(({ key, task }) => `${key}:${task}`).sort()).toEqual([
      '0.0:null',
      '0.1:null',
      '0:0',
      '1.0:null',
      '1.1:null',
      '1:1',
    ])
  })

  it('shortens long numbers', () => {
    const layout = layOutTree([task(0, '3.14159265358', '2')])
    expect(layout?.nodes.find(({ key }) => key === '0.0')?.content).toEqual({ kind: 'number', text: '3.14159…' })
  })

  it('shows each task once, inside of the picture, and lets none lie on another', () => {
    fc.assert(
      fc.property(randomTasks, (tasks) => {
        const layout = layOutTree(tasks)
        if (!layout) throw new Error('no layout')
        const shown = layout.nodes.flatMap(({ content }) => (content.kind === 'task' ? [content.index] : []))
        expect(shown.sort((a, b) => a - b)).toEqual(tasks.map(({ index }) => index))
        for (const { x, y, width } of layout.nodes) {
          expect(x - width / 2).toBeGreaterThanOrEqual(0)
          expect(x + width / 2).toBeLessThanOrEqual(layout.width)
          expect(y).toBeGreaterThan(0)
          expect(y).toBeLessThan(layout.height)
        }
        for (const nodes of groupByLevel(layout).values()) {
          const row = nodes.toSorted((a, b) => a.x - b.x)
          for (const [index, node] of row.entries()) {
            const next = row[index + 1]
            if (next) expect(node.x + node.width / 2).toBeLessThan(next.x - next.width / 2)
          }
        }
      }),
      { numRuns: 60 },
    )
  })
})

function groupByLevel({ nodes }: TreeLayout) {
  const levels = new Map<number, TreeLayout['nodes'][number][]>()
  for (const node of nodes) levels.set(node.y, [...(levels.get(node.y) ?? []), node])
  return levels
}
