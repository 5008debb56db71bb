/** How each operation of an expression stands: of what its page asks for, what changes. */
export const tasksDocument = `subscription ($expressionId: ID!) {
  tasksChanged(expressionId: $expressionId) {
    index
    status
    version
    attempt
    result { short: decimal(digits: 12) }
    startedAt
    finishedAt
  }
}`

export interface ShownTask {
  readonly index: number
  readonly status: string
}
