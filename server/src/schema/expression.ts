import { NIL, validate as isUuid } from 'uuid'
import { ExpressionStatus } from '../generated/prisma/client.ts'
import type { StoredFailure } from '../store/expressions/fail-expression.ts'
import { UserType } from './account/user.ts'
import { builder } from './builder.ts'
import { expressionNotFound } from './expression-not-found.ts'
import { whenThere } from './memo.ts'
import { marks } from './cost/operation-plugin.ts'
import { PlanType } from './plan.ts'
import { RationalType } from './rational.ts'
import { isGuestOf } from '../use-cases/expressions/access.ts'
import { isAdminHere } from './sees-all.ts'
import { SpanType } from './span.ts'
import { codedError } from './coded-error.ts'
import { TaskType } from './task-ref.ts'

export const ExpressionStatusType = builder.enumType(ExpressionStatus, { name: 'ExpressionStatus' })

/** More is no beginning: `source` has it all. */
const longestBeginning = 1_000

/** So many characters of a source or fewer, and no half of one. */
function beginningOf(source: string, characters: number): string {
  if (characters < 1 || characters > longestBeginning)
    throw codedError(
      'INVALID_INPUT',
      `Ask for 1 to ${longestBeginning} characters, not ${characters}; \`source\` has all of them.`,
    )
  const beginning = source.slice(0, characters)
  return beginning.isWellFormed() ? beginning : beginning.slice(0, -1)
}

const ProgressType = builder.objectRef<{ completed: number; total: number }>('Progress').implement({
  fields: (t) => ({
    completed: t.exposeInt('completed', { description: 'Results in the log.' }),
    total: t.exposeInt('total', { description: 'Operations to compute.' }),
  }),
})

type FailureOfExpression = StoredFailure & { readonly expressionId: string }

const ExpressionFailureType = builder.objectRef<FailureOfExpression>('ExpressionFailure').implement({
  description: 'Why an expression failed.',
  fields: (t) => ({
    code: t.exposeString('code', {
      description: 'DIVISION_BY_ZERO, FRACTIONAL_EXPONENT, OUTSIDE_DOMAIN, RESULT_TOO_LARGE or ATTEMPTS_SPENT.',
    }),
    message: t.exposeString('message'),
    span: t.field({
      type: SpanType,
      description: 'The operator in the source.',
      resolve: ({ expressionId, task }, _args, { account }) =>
        whenThere(account.reads.plan(expressionId), (plan) => plan?.spanOf(task) ?? { position: 0, length: 0 }),
    }),
    task: t.field({
      type: TaskType,
      nullable: true,
      description: 'Null once the log was purged after the retention time.',
      resolve: ({ expressionId, task }, _args, { account }) => account.reads.task({ expressionId, task }),
    }),
  }),
})

/** All of a row but its plan, which can be large. */
const scalars = {
  id: true,
  ownerId: true,
  requestId: true,
  source: true,
  regrouped: true,
  status: true,
  result: true,
  failure: true,
  version: true,
  completedTasks: true,
  operationCount: true,
  createdAt: true,
  startedAt: true,
  finishedAt: true,
} as const

/**
 * A row, or a view of one from a subscription or a mutation. Fields resolve from `scalars` and select nothing of their own, which an
 * exposed field would: Pothos reads a row anew, one by one, for a field that selects and was not part of its own query.
 */
export const ExpressionType = builder.prismaNode('Expression', {
  id: { field: 'id' },
  nullable: true,
  // Looked up under an id that none has where the actor may not see it: not found, as if it did not exist.
  findUnique: async (id, context) => {
    const { actor } = context
    if (isGuestOf(actor, id)) return { id }
    if (actor.kind !== 'user' || !isUuid(id)) return { id: NIL }
    return (await isAdminHere(context)) ? { id } : { id, ownerId: actor.userId }
  },
  select: scalars,
  fields: (t) => ({
    requestId: t.string({ authScopes: { read: true }, resolve: ({ requestId }) => requestId }),
    source: t.string({ resolve: ({ source }, _args, { account }) => account.text(source) }),
    sourceBeginning: t.string({
      description: 'The first characters of the source, for lists: 200 unless told, at most 1000.',
      args: { characters: t.arg.int({ defaultValue: 200 }) },
      resolve: ({ source }, { characters }, { account }) => account.text(beginningOf(source, characters)),
    }),
    sourceLength: t.int({ description: 'In characters.', resolve: ({ source }) => source.length }),
    status: t.field({ type: ExpressionStatusType, resolve: ({ status }) => status }),
    result: t.field({ type: RationalType, nullable: true, resolve: ({ result }) => result }),
    error: t.field({
      type: ExpressionFailureType,
      nullable: true,
      resolve: ({ id, failure }) =>
        failure === null ? null : { ...(failure as unknown as StoredFailure), expressionId: id },
    }),
    progress: t.field({
      type: ProgressType,
      resolve: async (expression, _args, { services }) => ({
        completed: await services.live.expressions.succeeded(expression),
        total: expression.operationCount,
      }),
    }),
    createdAt: t.field({ type: 'DateTime', resolve: ({ createdAt }) => createdAt }),
    startedAt: t.field({ type: 'DateTime', nullable: true, resolve: ({ startedAt }) => startedAt }),
    finishedAt: t.field({ type: 'DateTime', nullable: true, resolve: ({ finishedAt }) => finishedAt }),
    version: t.field({
      type: 'Version',
      resolve: (expression, _args, { services }) => services.live.expressions.version(expression),
    }),
    owner: t.prismaField({
      type: UserType,
      nullable: false,
      authScopes: { read: true },
      resolve: (query, { ownerId }, _args, { account, services }) =>
        account.reads.once(JSON.stringify([ownerId, query]), () =>
          services.database.prisma.user.findUniqueOrThrow({ ...query, where: { id: ownerId } }),
        ),
    }),
    tasks: t.field({
      type: [TaskType],
      complexity: { field: 10, multiplier: 1 },
      extensions: marks.measured,
      description:
        'Children before parents. Empty for a lone number, and once the log was purged after the retention time.',
      resolve: ({ id }, _args, { account }) => account.reads.tasks(id),
    }),
    plan: t.field({
      type: PlanType,
      complexity: 10,
      resolve: ({ id, regrouped }, _args, { account }) =>
        whenThere(account.reads.plan(id), (facts) => {
          // It may have been deleted since it was read.
          if (facts === null) throw expressionNotFound()
          return { facts, regrouped, savedMs: null, foreseen: null }
        }),
    }),
  }),
})
