import { criticalPathMs, depth, totalDurationMs } from '../domain/plan-analysis.ts'
import { printGrouped } from '../domain/print-plan.ts'
import type { LimitFailure, SyntaxFailure } from '../use-cases/compile-failure.ts'
import { planExpression, type PlanView } from '../use-cases/plan-expression.ts'
import { builder } from './builder.ts'
import { failureOptions, failureRef, resolveOutcome } from './errors.ts'

export const PlanType = builder.objectRef<PlanView>('Plan').implement({
  description: 'How an expression is computed.',
  fields: (t) => ({
    operationCount: t.int({
      description: 'How many operations are computed.',
      resolve: ({ plan }) => plan.tasks.length,
    }),
    depth: t.int({
      description: 'Operations on the longest chain from a number to the root.',
      resolve: ({ plan }) => depth(plan),
    }),
    criticalPathMs: t.int({
      description: 'The shortest possible time under the durations of now, however many the agents; in milliseconds.',
      resolve: ({ plan, durations }) => criticalPathMs(plan, durations),
    }),
    totalDurationMs: t.int({
      description: 'The time that one slot would need for everything under the durations of now, in milliseconds.',
      resolve: ({ plan, durations }) => totalDurationMs(plan, durations),
    }),
    regrouped: t.exposeBoolean('regrouped', {
      description: 'Whether chains of + or * were regrouped to shorten the critical path.',
    }),
    grouped: t.string({
      description: 'The expression as it is computed, in parentheses where the grouping matters.',
      resolve: ({ plan }) => printGrouped(plan),
    }),
  }),
})

export const ExpressionSyntaxErrorType = failureRef<SyntaxFailure>('ExpressionSyntaxError').implement({
  ...failureOptions,
  description: 'The source is no expression.',
  fields: (t) => ({
    position: t.exposeInt('position', { description: 'Zero-based offset in the source, in UTF-16 code units.' }),
    length: t.exposeInt('length', { description: 'Of the offending text; 0 at the end of the source.' }),
    expected: t.stringList({ description: 'What could have stood there.', resolve: ({ expected }) => [...expected] }),
    suggestion: t.exposeString('suggestion', {
      nullable: true,
      description: 'The whole source, corrected; null where there is no evident correction.',
    }),
  }),
})

export const ExpressionLimitErrorType = failureRef<LimitFailure>('ExpressionLimitError').implement({
  ...failureOptions,
  description:
    'The source is over a limit of this server: SOURCE_TOO_LONG, TOO_MANY_OPERATIONS, NUMBER_TOO_LONG or TOO_MANY_DIGITS.',
  fields: (t) => ({
    position: t.exposeInt('position', { description: 'Where the limit is passed: zero-based, in UTF-16 code units.' }),
    length: t.exposeInt('length'),
    limit: t.exposeInt('limit'),
    actual: t.exposeInt('actual'),
  }),
})

const PlanExpressionResult = builder.unionType('PlanExpressionResult', {
  types: [PlanType, ExpressionSyntaxErrorType, ExpressionLimitErrorType],
  resolveType: resolveOutcome('Plan'),
})

builder.queryField('planExpression', (t) =>
  t.field({
    type: PlanExpressionResult,
    description: 'What an expression would take, without submitting it: good for feedback as somebody types.',
    args: { source: t.arg.string(), regroup: t.arg.boolean({ defaultValue: true }) },
    authScopes: { user: true },
    resolve: (_root, { source, regroup }, { services }) => planExpression(services, source, regroup),
  }),
)
