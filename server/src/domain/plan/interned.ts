import type { Operand, Place } from './plan.ts'

/*
 * What is alike in many plans is there once. Thousands of plans are in memory at a time, and what the garbage collector copies of them is a
 * good part of a server's work: see docs/hot-path.md.
 */

/** Beyond so many, each is made when it is asked for. */
const mostShared = 4_096

/** What belongs to a small whole number, made when it is first asked for, and not to be changed. */
function shareBy<Value>(make: (index: number) => Value): (index: number) => Value {
  const known = new Array<Value | undefined>(mostShared)
  return (index) => (index < mostShared ? (known[index] ??= make(index)) : make(index))
}

/** The result of a task. */
export const resultOf: (task: number) => Operand = shareBy((task) => ({ task, negated: false }))

/** A list of nothing but one task. */
export const onlyTask: (task: number) => readonly number[] = shareBy((task) => [task])

const atOneCharacter = shareBy((position): readonly Place[] => [{ position, length: 1 }])

/** A list of nothing but one place in the source, outside of any range. */
export const onlyPlace = (position: number, length: number): readonly Place[] =>
  length === 1 ? atOneCharacter(position) : [{ position, length }]
