import type { Place, PlannedTask, VariableValue } from './plan.ts'

/**
 * A variable with one of its values: the entry of the range round it (-1 where there is none), its name, its value, and where it has it: a task
 * and the place among that task's, one pair after the other. So each name and value is written once, however many tasks it made.
 */
export type EncodedVariable = readonly [outer: number, name: string, value: string, ...tasksAndPlaces: number[]]

/** Null where no task stands in a range. */
export function encodeVariables(tasks: readonly PlannedTask[]): readonly EncodedVariable[] | null {
  if (!tasks.some(({ spans }) => spans.some(({ variables }) => variables !== undefined))) return null
  const table = new VariableTable()
  for (const [index, { spans }] of tasks.entries())
    for (const [place, { variables }] of spans.entries())
      if (variables !== undefined) table.note(variables, index, place)
  return table.entries
}

class VariableTable {
  readonly entries: [number, string, string, ...number[]][] = []
  /** The entry of each list of variables: that of its innermost. */
  readonly #known = new Map<readonly VariableValue[], number>()
  readonly #children = new Map<string, number>()

  note(variables: readonly VariableValue[], task: number, place: number): void {
    let entry = this.#known.get(variables)
    if (entry === undefined) {
      entry = -1
      for (const variable of variables) entry = this.#child(entry, variable)
      this.#known.set(variables, entry)
    }
    this.entries[entry]?.push(task, place)
  }

  #child(outer: number, { name, value }: VariableValue): number {
    const key = `${outer} ${name} ${value}`
    const child = this.#children.get(key) ?? this.entries.push([outer, name, value]) - 1
    this.#children.set(key, child)
    return child
  }
}

/** Gives tasks the variables that were stored beside them. */
export function decodeVariables(encoded: unknown, tasks: PlannedTask[]): void {
  if (!Array.isArray(encoded)) throw new TypeError('stored variables are no list')
  const lists: VariableValue[][] = []
  /** Of the tasks that have any, a list each of its own: tasks may share one. */
  const spans = new Map<number, Place[]>()
  const place = (index: number, at: number, variables: readonly VariableValue[]) => {
    const own = spans.get(index) ?? [...(tasks[index]?.spans ?? [])]
    spans.set(index, own)
    const known = own[at]
    if (known === undefined) throw new TypeError('a stored variable stands nowhere')
    own[at] = { ...known, variables }
  }
  for (const entry of encoded as readonly unknown[]) {
    const [outer, name, value, ...pairs] = Array.isArray(entry) ? (entry as readonly unknown[]) : []
    const round = outer === -1 ? [] : lists[outer as number]
    if (round === undefined || typeof name !== 'string' || typeof value !== 'string')
      throw new TypeError('a stored variable is malformed')
    const variables = [...round, { name, value }]
    lists.push(variables)
    for (let at = 0; at < pairs.length; at += 2) place(pairs[at] as number, pairs[at + 1] as number, variables)
  }
  for (const [index, own] of spans) {
    const task = tasks[index]
    if (task) tasks[index] = { ...task, spans: own }
  }
}
