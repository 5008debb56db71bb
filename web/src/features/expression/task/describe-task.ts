import { formatNumber, shortenNumber } from '../../../format/number.ts'
import { operationTitle, writeOperation } from '../../../format/operation.ts'
import { t } from '../../../language/t.ts'
import { lookOf, type StandingTask } from './task-look.ts'

interface DescribedTask extends StandingTask {
  readonly index: number
  readonly operation: string
  readonly operands: readonly {
    readonly task: { readonly index: number } | null
    readonly negated: boolean
    readonly value: { readonly short: string } | null
  }[]
  readonly result: { readonly short: string } | null
}

const longest = 14

/** An operation on what is known of its operands: `12 − #3`. */
export const writeTask = ({ operation, operands }: Pick<DescribedTask, 'operation' | 'operands'>): string =>
  writeOperation(operation, operands)
    .map((piece) =>
      piece.kind === 'operand' ? writeOperand(piece.operand) : piece.kind === 'sign' ? ` ${piece.text} ` : piece.text,
    )
    .join('')

/** Its value, or the number of the task that will have it. */
export const writeOperand = ({ task, value, negated }: DescribedTask['operands'][number]): string =>
  value ? formatNumber(shortenNumber(value.short, longest)) : `${negated ? '−' : ''}#${(task?.index ?? 0) + 1}`

/** A task in words, for those who hear it: `Addition 3: 1 + 2 = 3, succeeded`. */
export function describeTask(task: DescribedTask): string {
  const result = task.result ? ` = ${formatNumber(shortenNumber(task.result.short, longest))}` : ''
  return t('{operation} {number}: {task}, {state}', {
    operation: operationTitle(task.operation),
    number: task.index + 1,
    task: writeTask(task) + result,
    state: t(lookOf(task).word).toLowerCase(),
  })
}
