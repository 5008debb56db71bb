import type { OperationName } from '../domain/operation.ts'
import { spanOf, type Operand, type PlannedTask } from '../domain/plan/plan.ts'
import { builder } from './builder.ts'
import { SpanType } from './span.ts'

export const PlannedOperandType = builder.objectRef<Operand>('PlannedOperand').implement({
  description: 'What an operation will work on: a number from the source, or the result of another operation.',
  fields: (t) => ({
    literal: t.string({
      nullable: true,
      description: 'The number as it is written in the source; null for a result.',
      resolve: (operand, _args, { account }) => ('literal' in operand ? account.text(operand.literal) : null),
    }),
    task: t.int({
      nullable: true,
      description: 'The place of the operation in `Plan.tasks`; null for a number.',
      resolve: (operand) => ('task' in operand ? operand.task : null),
    }),
    negated: t.boolean({
      description: 'Whether a unary minus stands before a result. A number has its own.',
      resolve: (operand) => 'task' in operand && operand.negated,
    }),
  }),
})

export const PlannedTaskType = builder.objectRef<PlannedTask>('PlannedTask').implement({
  description: 'One operation that will be computed.',
  fields: (t) => ({
    operation: t.exposeString('operation', { description: 'The name of what is computed: `+`, `gcd`.' }),
    operands: t.field({
      type: [PlannedOperandType],
      complexity: { field: 1, multiplier: 2 },
      description: 'In the order in which they will be taken: of an operator the left, then the right.',
      resolve: ({ operands }) => [...operands],
    }),
    span: t.field({
      type: SpanType,
      description: 'The operator, or the name of the function, where it first stands in the source.',
      resolve: spanOf,
    }),
  }),
})

/** How many operations of one kind there are. */
export type OperationCount = readonly [operation: OperationName, count: number]

export const OperationCountType = builder.objectRef<OperationCount>('OperationCount').implement({
  description: 'How many operations of one kind there are.',
  fields: (t) => ({
    operation: t.string({ description: 'The name of what is computed: `+`, `gcd`.', resolve: ([name]) => name }),
    count: t.int({ description: 'How many of it there are.', resolve: ([, count]) => count }),
  }),
})
