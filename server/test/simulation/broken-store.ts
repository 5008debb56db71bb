import type { StoreModel } from '../model/store-model.ts'
import type { BrokenRule } from './broken-rules.ts'

/** Makes a model of the store that breaks a rule. */
export function spoil({ expressions }: StoreModel, broken: BrokenRule): void {
  const append = expressions.append.bind(expressions)
  const takeOver = expressions.takeOver.bind(expressions)
  switch (broken) {
    case 'counts the last result, not the first':
      expressions.append = (results, completions) => {
        for (const { expressionId, task } of results) expressions.logs.get(expressionId)?.delete(task)
        return append(results, completions)
      }
      return
    case 'does not raise the epoch at a take-over':
      expressions.takeOver = (...taking) =>
        takeOver(...taking).map((row) => {
          Object.assign(expressions.rows.get(row.id) ?? {}, { epoch: row.epoch - 1 })
          return { ...row, epoch: row.epoch - 1 }
        })
      return
    case 'acknowledges before the commit':
    case 'forgets what agents bring along':
    case 'keeps the session of a lost agent':
    case 'never gives out an overdue task again':
    case 'does not record failed attempts':
    case 'does not look for lost replicas':
      return
    default:
      return broken satisfies never
  }
}
