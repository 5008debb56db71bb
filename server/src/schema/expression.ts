import { NIL, validate as isUuid } from 'uuid'
import { decodePlan } from '../domain/plan-codec.ts'
import { ExpressionStatus } from '../generated/prisma/client.ts'
import type { StoredFailure } from '../store/expressions/fail-expression.ts'
import { builder } from './builder.ts'
import { PlanType } from './plan.ts'
import { RationalType } from './rational.ts'
import { SpanType } from './span.ts'
import { TaskType } from './task-ref.ts'

export const ExpressionStatusType = builder.enumType(ExpressionStatus, { name: 'ExpressionStatus' })

const ProgressType = builder.objectRef<{ completed: number; total: number }>('Progress').implement({
  fields: (t) => ({
    completed: t.exposeInt('completed', { description: 'Results in the log.' }),
    total: t.exposeInt('total', { description: 'Operations to compute.' }),
  }),
})

type FailureOfExpression = StoredFailure & { readonly expressionId: string; readonly plan: unknown }

const ExpressionFailureType = builder.objectRef<FailureOfExpression>('ExpressionFailure').implement({
  description: 'Why an expression failed.',
  fields: (t) => ({
    code: t.exposeString('code', {
      description: 'DIVISION_BY_ZERO, FRACTIONAL_EXPONENT, RESULT_TOO_LARGE or ATTEMPTS_SPENT.',
    }),
    message: t.exposeString('message'),
    span: t.field({
      type: SpanType,
      description: 'The operator in the source.',
      resolve: ({ plan, task }) => decodePlan(plan).tasks[task]?.span ?? { position: 0, length: 0 },
    }),
    task: t.field({
      type: TaskType,
      nullable: true,
      description: 'Null once the log was purged after the retention time.',
      resolve: ({ expressionId, task }, _args, { services }) => services.live.task({ expressionId, task }),
    }),
  }),
})

/** A row with its plan, or one without it from a subscription: Pothos reads what a field needs and the row lacks. */
export const ExpressionType = builder.prismaNode('Expression', {
  id: { field: 'id' },
  nullable: true,
  // Looked up under an id that none has where it is not the actor's own: not found, as if it did not exist.
  findUnique: (id, { actor }) => (actor.kind === 'user' && isUuid(id) ? { id, ownerId: actor.userId } : { id: NIL }),
  select: { id: true, status: true, version: true, completedTasks: true, operationCount: true },
  fields: (t) => ({
    requestId: t.exposeString('requestId'),
    source: t.exposeString('source'),
    status: t.expose('status', { type: ExpressionStatusType }),
    result: t.field({
      type: RationalType,
      nullable: true,
      select: { result: true },
      resolve: ({ result }) => result,
    }),
    error: t.field({
      type: ExpressionFailureType,
      nullable: true,
      select: { failure: true, plan: true },
      resolve: ({ id, failure, plan }) =>
        failure === null ? null : { ...(failure as unknown as StoredFailure), expressionId: id, plan },
    }),
    progress: t.field({
      type: ProgressType,
      resolve: async (expression, _args, { services }) => ({
        completed: await services.live.expressions.succeeded(expression),
        total: expression.operationCount,
      }),
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    startedAt: t.expose('startedAt', { type: 'DateTime', nullable: true }),
    finishedAt: t.expose('finishedAt', { type: 'DateTime', nullable: true }),
    version: t.field({
      type: 'Version',
      resolve: (expression, _args, { services }) => services.live.expressions.version(expression),
    }),
    owner: t.relation('owner'),
    tasks: t.field({
      type: [TaskType],
      complexity: { field: 1, multiplier: 500 },
      description:
        'Children before parents. Empty for a lone number, and once the log was purged after the retention time.',
      resolve: ({ id }, _args, { services }) => services.live.tasks(id),
    }),
    plan: t.field({
      type: PlanType,
      select: { plan: true, regrouped: true },
      resolve: ({ plan, regrouped }, _args, { services }) => ({
        plan: decodePlan(plan),
        regrouped,
        durations: services.live.state.durations(),
      }),
    }),
  }),
})
