import type { ArithmeticFault } from '../operation.ts'
import type { Place, PlannedTask } from '../plan/plan.ts'
import type { TaskGraph } from './task-graph.ts'

/** A task that turned out to have no result: a fact of the expression, whoever computes it and however often. */
export interface TaskFault {
  readonly code: ArithmeticFault
  /** For people. */
  readonly message: string
  readonly task: number
  /** The attempt that met it, and whose it was. */
  readonly attempt: number
  readonly agentId: string
  /** How long that attempt took, and when it failed, in milliseconds since the Unix epoch. */
  readonly elapsedMs: number
  readonly failedAt: number
}

/**
 * An expression that is bound to fail, as long as it is not known of what. What is told is the leftmost fault in its source, whichever was
 * found first: so what may still fail further left goes on, with the operands that it needs, and nothing else does.
 *
 * A fault is found again by whoever computes its task, so this is in memory alone: the next owner of the expression comes to the same end.
 * See docs/decisions/0029.
 */
export class Failing {
  /** Of the faults that were found the leftmost: the one to tell if nothing further left fails. */
  leftmost: TaskFault
  readonly #graph: TaskGraph
  readonly #mayFail: Uint8Array
  /** The order of the source; of tasks at one place, in the body of a range, that of the values. */
  readonly #rank: Float64Array
  /** 1 for each task that takes, by whatever way, the result of one that has none. */
  readonly #isDead: Uint8Array
  /** 1 for each task whose result is still wanted, and these tasks, parents before children. With every fault they become fewer. */
  #isWanted: Uint8Array
  #wanted: readonly number[]
  /** Tasks that may be what is told: those of which it is known at the end that they have a result are taken off. */
  #open: number[] = []

  /** @param mayFail by task, 1 for what is not certain to have a result */
  constructor(graph: TaskGraph, mayFail: Uint8Array, fault: TaskFault) {
    const { tasks } = graph.plan
    this.leftmost = fault
    this.#graph = graph
    this.#mayFail = mayFail
    this.#rank = ranksOf(tasks)
    this.#isDead = new Uint8Array(tasks.length)
    this.#isWanted = new Uint8Array(tasks.length).fill(1)
    this.#wanted = [...tasks.keys()].reverse()
  }

  /** Whether the result of a task is still of use. */
  wants(task: number): boolean {
    return this.#isWanted[task] === 1
  }

  /** Whether nothing that stands further left can fail any more: then `leftmost` is to be told. */
  get isDecided(): boolean {
    for (let last = this.#open.at(-1); last !== undefined; last = this.#open.at(-1)) {
      if (this.#graph.task(last).state !== 'SUCCEEDED') return false
      this.#open.pop()
    }
    return true
  }

  /** Takes a fault in. Returns the tasks whose result it makes useless, the one that failed among them. */
  note(fault: TaskFault): readonly number[] {
    if (!this.wants(fault.task)) return []
    if (this.#isLeftOf(fault.task, this.leftmost.task)) this.leftmost = fault
    this.#bury(fault.task)
    return this.#dropUseless()
  }

  #isLeftOf(one: number, other: number): boolean {
    return (this.#rank[one] ?? 0) < (this.#rank[other] ?? 0)
  }

  #bury(task: number): void {
    const waiting = [task]
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      if (this.#isDead[next] === 1) continue
      this.#isDead[next] = 1
      waiting.push(...this.#graph.task(next).parents)
    }
  }

  #dropUseless(): readonly number[] {
    const isWanted = new Uint8Array(this.#isWanted.length)
    const wanted: number[] = []
    const open: number[] = []
    const useless: number[] = []
    for (const task of this.#wanted) {
      if (this.#graph.task(task).state === 'SUCCEEDED') continue
      if (this.#mayBeTold(task)) open.push(task)
      else if (isWanted[task] === 0) {
        useless.push(task)
        continue
      }
      wanted.push(task)
      isWanted[task] = 1
      for (const operand of this.#graph.plan.tasks[task]?.operands ?? [])
        if ('task' in operand) isWanted[operand.task] = 1
    }
    this.#isWanted = isWanted
    this.#wanted = wanted
    this.#open = open
    return useless
  }

  #mayBeTold(task: number): boolean {
    return this.#mayFail[task] === 1 && this.#isDead[task] === 0 && this.#isLeftOf(task, this.leftmost.task)
  }
}

/** The place of each task in the order of the source; where several stand at one place, of the values of the ranges round it. */
function ranksOf(tasks: readonly PlannedTask[]): Float64Array {
  const places = tasks.map(({ spans }) => spans[0])
  const inOrder = [...tasks.keys()].sort((a, b) => compare(places[a], places[b]) || a - b)
  const ranks = new Float64Array(tasks.length)
  for (const [rank, task] of inOrder.entries()) ranks[task] = rank
  return ranks
}

function compare(one: Place | undefined, other: Place | undefined): number {
  if (one === undefined || other === undefined || one.position !== other.position)
    return (one?.position ?? 0) - (other?.position ?? 0)
  for (const [at, { value }] of (one.variables ?? []).entries()) {
    const difference = Number(value) - Number(other.variables?.[at]?.value ?? value)
    if (difference !== 0) return difference
  }
  return 0
}
