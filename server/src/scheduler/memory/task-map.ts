interface Key {
  readonly expressionId: string
  readonly task: number
}

/** A map by expression and task, without a string to make and to hash for each look. */
export class TaskMap<Value> {
  private readonly expressions = new Map<string, Map<number, Value>>()

  get isEmpty(): boolean {
    return this.expressions.size === 0
  }

  get({ expressionId, task }: Key): Value | undefined {
    return this.expressions.get(expressionId)?.get(task)
  }

  set({ expressionId, task }: Key, value: Value): void {
    const tasks = this.expressions.get(expressionId)
    if (tasks) tasks.set(task, value)
    else this.expressions.set(expressionId, new Map([[task, value]]))
  }

  delete({ expressionId, task }: Key): void {
    const tasks = this.expressions.get(expressionId)
    tasks?.delete(task)
    if (tasks?.size === 0) this.expressions.delete(expressionId)
  }

  *values(): IterableIterator<Value> {
    for (const tasks of this.expressions.values()) yield* tasks.values()
  }
}
