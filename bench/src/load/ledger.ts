import { countTasks, valueOf, type Expression } from '../workload/expression.ts'

/** How a system says that an expression ended. */
export type Ending =
  { readonly kind: 'value'; readonly value: string } | { readonly kind: 'failure'; readonly message: string }

/** What is out and what has come back. Every result is held against the oracle; the first wrong one ends the run, which is worth nothing then. */
export class Ledger {
  /** Operations of all expressions that were to be submitted so far. */
  expected = 0
  private readonly open = new Map<string, Entry>()
  private readonly broken: Promise<never>
  private breakAll: (error: Error) => void = () => {}

  constructor() {
    this.broken = new Promise((_resolve, reject) => (this.breakAll = reject))
    // It may break while nobody waits; whoever does later is told.
    this.broken.catch(() => {})
  }

  /** Takes note of expressions that are about to be submitted. @returns what resolves when all have ended */
  expect(expressions: readonly Expression[]): Promise<void> {
    this.expected += countTasks(expressions)
    const ended = new Promise<void>((resolve) => {
      let left = expressions.length
      const onEnded = () => --left === 0 && resolve()
      for (const expression of expressions) this.open.set(expression.id, { expected: valueOf(expression), onEnded })
    })
    return this.orBroken(ended)
  }

  /** Told twice, it counts once: a client that watches may see an end more than once. */
  ended(id: string, ending: Ending): void {
    const entry = this.open.get(id)
    if (entry === undefined) return
    this.open.delete(id)
    const came = ending.kind === 'value' ? ending.value : ending.message
    if (came !== entry.expected) return this.break(new Error(`${id} should be ${entry.expected} and came as ${came}`))
    entry.onEnded()
  }

  /** A system broke, or what it says is wrong: whoever waits is told. */
  break(error: Error): void {
    this.breakAll(error)
  }

  /** Waits for something else, unless the system breaks meanwhile. */
  orBroken<Value>(promise: Promise<Value>): Promise<Value> {
    const either = Promise.race([promise, this.broken])
    either.catch(() => {})
    return either
  }
}

interface Entry {
  readonly expected: string
  readonly onEnded: () => void
}
