import type { Operand, Place, Plan, PlannedTask, VariableValue } from './plan.ts'

/** The plan without tasks that nothing uses, directly or through others; the same where there are none. */
export function pruneUnused(plan: Plan): Plan {
  const { tasks, root } = plan
  const isUsed = new Uint8Array(tasks.length)
  let count = 0
  const use = (operand: Operand): void => {
    if (!('task' in operand) || isUsed[operand.task] === 1) return
    isUsed[operand.task] = 1
    count += 1
  }
  use(root)
  for (let index = tasks.length - 1; index >= 0; index -= 1)
    if (isUsed[index] === 1) tasks[index]?.operands.forEach(use)
  if (count === tasks.length) return plan
  const moved = new Moves()
  const kept: PlannedTask[] = []
  for (const [index, task] of tasks.entries()) {
    if (isUsed[index] === 1) moved.note(index, kept.push({ ...task, operands: moved.all(task.operands) }) - 1)
    else moved.note(index, -1)
  }
  return { tasks: kept, root: moved.operand(root) }
}

/**
 * The plan in which of equal operations one is computed, which stands in all their places. Its shape stays: nothing waits for anything that it
 * did not wait for before. Of `+` and `*` it makes no difference which operand stands first. See docs/decisions/0026.
 */
export function shareEqual(plan: Plan): Plan {
  const keys = new Keys(plan)
  if (!mayHaveEqual(plan, keys)) return plan
  const firsts = new Map<number | string, number>()
  const places = new Map<number, Map<number, Place>>()
  const moved = new Moves()
  const kept: PlannedTask[] = []
  for (const [index, task] of plan.tasks.entries()) {
    const operands = moved.all(task.operands)
    const key = keys.of(task, operands)
    const first = firsts.get(key)
    if (first === undefined) {
      firsts.set(key, kept.length)
      moved.note(index, kept.push(operands === task.operands ? task : { ...task, operands }) - 1)
      continue
    }
    moved.note(index, first)
    const known = places.get(first) ?? placesOf(kept[first]?.spans ?? [])
    places.set(first, known)
    for (const place of task.spans) addPlace(known, place)
  }
  if (kept.length === plan.tasks.length) return plan
  for (const [index, known] of places) {
    const task = kept[index]
    if (task) kept[index] = { ...task, spans: [...known.values()].sort((a, b) => a.position - b.position) }
  }
  return { tasks: kept, root: moved.operand(plan.root) }
}

/**
 * Whether some operations may be equal: in a tree none are unless some at its leaves are. What stands in several places already makes no tree.
 * It takes half as long as to look at all, and most plans have none.
 */
function mayHaveEqual({ tasks }: Plan, keys: Keys): boolean {
  const leaves = new Set<number | string>()
  const isUsed = new Uint8Array(tasks.length)
  for (const task of tasks) {
    let isLeaf = true
    for (const operand of task.operands)
      if ('task' in operand) {
        if (isUsed[operand.task] === 1) return true
        isUsed[operand.task] = 1
        isLeaf = false
      }
    if (isLeaf && leaves.size === leaves.add(keys.of(task, task.operands)).size) return true
  }
  return false
}

/** The same for equal operations alone. Numbers do for two operands, as nearly all have: a text would be made and hashed for each task. */
class Keys {
  readonly #numbers = new Map<string, number>()
  readonly #operations = new Map<string, number>()
  /** No operand has a number as high: it is a task, negated or not, or one of the literals. */
  readonly #end: number

  constructor({ tasks }: Plan) {
    this.#end = 2 * tasks.length
    for (const { operands } of tasks) this.#end += operands.length
  }

  of({ operation }: PlannedTask, operands: readonly Operand[]): number | string {
    const [first, second] = operands
    if (operands.length !== 2 || !first || !second)
      return `${operation} ${operands.map((operand) => this.#operand(operand)).join(' ')}`
    const [a, b] = [this.#operand(first), this.#operand(second)]
    const isTurned = (operation === '+' || operation === '*') && b < a
    const left = this.#operation(operation) * this.#end + (isTurned ? b : a)
    return left * this.#end + (isTurned ? a : b)
  }

  #operation(name: string): number {
    return numberOf(this.#operations, name)
  }

  #operand(operand: Operand): number {
    if ('task' in operand) return 2 * operand.task + (operand.negated ? 1 : 0)
    return this.#end - 1 - numberOf(this.#numbers, operand.literal)
  }
}

/** Numbers texts from 0, in the order in which they come. */
function numberOf(known: Map<string, number>, text: string): number {
  const number = known.get(text) ?? known.size
  if (number === known.size) known.set(text, number)
  return number
}

const placesOf = (spans: readonly Place[]): Map<number, Place> => new Map(spans.map((place) => [place.position, place]))

/** The same text stands for several values of a variable: what they have in common is left. */
function addPlace(known: Map<number, Place>, place: Place): void {
  const other = known.get(place.position)
  if (other === undefined) known.set(place.position, place)
  else if (other.variables !== undefined && other.variables !== place.variables)
    known.set(place.position, withCommon(other, place.variables ?? []))
}

function withCommon({ position, length, variables = [] }: Place, others: readonly VariableValue[]): Place {
  const common = variables.filter(({ name, value }) =>
    others.some((other) => other.name === name && other.value === value),
  )
  return common.length === 0 ? { position, length } : { position, length, variables: common }
}

/** Where the tasks of an old plan are in a new one. */
class Moves {
  readonly #moved: number[] = []

  note(from: number, to: number): void {
    this.#moved[from] = to
  }

  operand(operand: Operand): Operand {
    if (!('task' in operand)) return operand
    const task = this.#moved[operand.task] ?? operand.task
    return task === operand.task ? operand : { task, negated: operand.negated }
  }

  /** The same list where nothing in it has moved. */
  all(operands: readonly Operand[]): readonly Operand[] {
    const hasMoved = operands.some((operand) => 'task' in operand && this.#moved[operand.task] !== operand.task)
    return hasMoved ? operands.map((operand) => this.operand(operand)) : operands
  }
}
