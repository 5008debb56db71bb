import { describe, expect, it } from 'vitest'
import { cutSource, placesOf, type TaskInSource } from '../src/features/expression/source/source-segments.ts'
import { step, stopsOf } from '../src/features/expression/source/walk.ts'

const at = (index: number, ...positions: number[]): TaskInSource => ({
  index,
  spans: positions.map((position) => ({ position, length: 1 })),
})

const stopsIn = (source: string, tasks: readonly TaskInSource[]) => stopsOf(cutSource(source, placesOf(tasks)))

describe('walking through a source', () => {
  // What stands twice is computed once.
  const stops = stopsIn('(1+2)*3+(1+2)*4', [at(0, 2, 10), at(1, 5), at(2, 13), at(3, 7)])

  /** From what is selected, as often as there are stops, and once more. */
  function walk(by: 1 | -1, selected: number | null = null): number[] {
    const walked: number[] = []
    let stoodAt: number | null = null
    for (let stop = step(stops, selected, stoodAt, by); stop; stop = step(stops, selected, stoodAt, by)) {
      walked.push(stop.position)
      if (walked.length > stops.length) break
      stoodAt = stop.position
      selected = stop.tasks[0] ?? null
    }
    return walked
  }

  it('comes by each place once, both ways, though one task has several', () => {
    expect(walk(1)).toEqual([2, 5, 7, 10, 13])
    expect(walk(-1)).toEqual([13, 10, 7, 5, 2])
  })

  it('goes on from the first place of what was selected elsewhere', () => {
    expect(walk(1, 0)).toEqual([5, 7, 10, 13])
    expect(step(stops, 1, 10, 1)?.position).toBe(7)
  })

  it('goes on from a place that several tasks share, whichever of them is selected', () => {
    const shared = stopsIn('sum(k=1..3,k)+1', [at(0, 0), at(1, 0), at(2, 13)])
    expect([0, 1].map((selected) => step(shared, selected, null, 1)?.tasks)).toEqual([[2], [2]])
  })
})
