import type { LimitFailure, SyntaxFailure } from '../use-cases/expressions/compile-failure.ts'
import { inParts } from '../realtime/in-parts.ts'
import { builder } from './builder.ts'
import { failureOptions, failureRef, RateLimitedErrorType, resolveOutcome } from './errors.ts'
import { marks } from './cost/operation-plugin.ts'
import type { ForeseenFailure } from '../domain/plan/foreseen-failure.ts'
import type { PlannedView } from './plan-facts.ts'
import { maxPageSize, pageOf } from './page-arguments.ts'
import { OperationCountType, PlannedOperandType, PlannedTaskType } from './planned-task.ts'
import { checkSlots, slotsDescription } from './slots-argument.ts'
import { SpanType } from './span.ts'

const ForeseenFailureType = builder.objectRef<ForeseenFailure>('ForeseenFailure').implement({
  description: 'How an expression is bound to fail: its numbers make it certain, before anything is computed.',
  fields: (t) => ({
    code: t.exposeString('code', { description: 'DIVISION_BY_ZERO, FRACTIONAL_EXPONENT or RESULT_TOO_LARGE.' }),
    message: t.exposeString('message'),
    span: t.field({ type: SpanType, description: 'The operator in the source.', resolve: (failure) => failure }),
  }),
})

export const PlanType = builder.objectRef<PlannedView>('Plan').implement({
  description: 'How an expression is computed.',
  fields: (t) => ({
    operationCount: t.int({
      description: 'How many operations are computed.',
      resolve: ({ facts }) => facts.operationCount,
    }),
    depth: t.int({
      description: 'Operations on the longest chain from a number to the root.',
      resolve: ({ facts }, _args, { account }) => account.run(() => facts.depth),
    }),
    criticalPathMs: t.int({
      description: 'The shortest possible time under the durations of now, however many the agents; in milliseconds.',
      resolve: ({ facts }, _args, { account }) => account.run(() => facts.criticalPathMs),
    }),
    totalDurationMs: t.int({
      description: 'The time that one slot would need for everything under the durations of now, in milliseconds.',
      resolve: ({ facts }, _args, { account }) => account.run(() => facts.totalDurationMs),
    }),
    durationMs: t.int({
      description:
        'How long it takes on so many slots that do nothing else, under the durations of now, in milliseconds: with 1 as `totalDurationMs`, with enough as `criticalPathMs`.',
      complexity: 100,
      args: { slots: t.arg.int({ description: slotsDescription }) },
      resolve: ({ facts }, { slots }, { account }) => {
        account.charge(facts.operationCount)
        return inParts(facts.durationMs(checkSlots(slots)), account)
      },
    }),
    operations: t.field({
      type: [OperationCountType],
      complexity: { field: 1, multiplier: 5 },
      description: 'How many there are of each kind, the most frequent first.',
      resolve: ({ facts }, _args, { account }) => account.run(() => facts.countByOperation()),
    }),
    tasks: t.field({
      type: [PlannedTaskType],
      complexity: ({ first }) => ({ field: 1, multiplier: first ?? 1 }),
      description:
        'The first of its operations, each after those whose results it takes. `operationCount` tells whether these are all.',
      args: { first: t.arg.int({ description: `1 to ${maxPageSize}, else it is an error.` }) },
      resolve: ({ facts }, { first }) => facts.firstTasks(pageOf({ first }).size),
    }),
    root: t.field({
      type: PlannedOperandType,
      description: 'What the whole expression is: the result of an operation, or a number.',
      resolve: ({ facts }) => facts.root,
    }),
    regrouped: t.exposeBoolean('regrouped', {
      description: 'Whether sums or products were regrouped to shorten the critical path.',
    }),
    savedMs: t.exposeInt('savedMs', {
      nullable: true,
      description:
        'How much that shortens the critical path, in milliseconds. Null for an expression that was submitted: durations may have changed.',
    }),
    failure: t.field({
      type: ForeseenFailureType,
      nullable: true,
      description:
        'How the expression is bound to fail, of several ways the leftmost. Submitted it is FAILED at once, and no operation is assigned. ' +
        'Null where that is not certain, and for an expression that was submitted: see its error.',
      resolve: ({ foreseen }) => foreseen,
    }),
    grouped: t.string({
      description: 'The expression as it is computed, in parentheses where the grouping matters.',
      resolve: ({ facts }, _args, { account }) => account.run(() => account.text(facts.grouped)),
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

/** In microseconds, as all costs are: a source of 10 000 characters takes some tens of milliseconds. */
const costPerCharacter = 3

/** A range writes out as many operations as are allowed, however short it is. */
const costOfRanges = 100_000

const costOfPlanning = (source: string): number =>
  10 + Math.max(costPerCharacter * source.length, source.includes('..') ? costOfRanges : 0)

const PlanExpressionResult = builder.unionType('PlanExpressionResult', {
  types: [PlanType, ExpressionSyntaxErrorType, ExpressionLimitErrorType, RateLimitedErrorType],
  resolveType: resolveOutcome('Plan'),
})

builder.queryField('planExpression', (t) =>
  t.field({
    type: PlanExpressionResult,
    description: 'What an expression would take, without submitting it: good for feedback as somebody types.',
    args: { source: t.arg.string(), regroup: t.arg.boolean({ defaultValue: true }) },
    authScopes: { read: true },
    complexity: ({ source = '' }) => ({ field: costOfPlanning(source), multiplier: 1 }),
    extensions: marks.refusesItself,
    resolve: (_root, { source, regroup }, { account }) => account.refusal() ?? account.reads.planned(source, regroup),
  }),
)
