import { GraphQLError } from 'graphql'
import type { ForbiddenError, InvalidInputError, RateLimitedError, UnauthenticatedError } from '../domain/failure.ts'
import { expressionOrders } from '../store/expressions/expression-filter.ts'
import type { WantedExpressions } from '../use-cases/expressions/list-expressions.ts'
import { builder } from './builder.ts'
import { rateLimitedError } from './cost/cost-errors.ts'
import { ExpressionStatusType } from './expression.ts'
import { localId } from './local-id.ts'
import { Refusal } from './refusal.ts'
import { codedError } from './coded-error.ts'

export const ExpressionFilter = builder.inputType('ExpressionFilter', {
  description: 'Which expressions: those for which all of it holds. What is absent or null holds for every expression.',
  fields: (t) => ({
    statuses: t.field({
      type: [ExpressionStatusType],
      required: false,
      description: 'Only those whose status is one of these.',
    }),
    sourceContains: t.string({
      required: false,
      description: 'Only those whose source contains this text, of at most 100 characters.',
    }),
    owner: t.id({
      required: false,
      description: 'The id of the user who submitted them; you, unless told. Others’ are for admins.',
    }),
    submittedFrom: t.field({ type: 'DateTime', required: false, description: 'Submitted then or later.' }),
    submittedBefore: t.field({ type: 'DateTime', required: false, description: 'Submitted earlier than that.' }),
    finishedFrom: t.field({
      type: 'DateTime',
      required: false,
      description: 'Came to its end then or later, in whatever way.',
    }),
    finishedBefore: t.field({ type: 'DateTime', required: false, description: 'Came to its end earlier than that.' }),
    minDurationMs: t.int({
      required: false,
      description: 'Took so many milliseconds or more from its start to its end. What has not ended took no time yet.',
    }),
    maxDurationMs: t.int({
      required: false,
      description: 'Took so many milliseconds or less from its start to its end.',
    }),
  }),
})

/** As the use cases take it. */
export const wantedOf = (filter: typeof ExpressionFilter.$inferInput | null | undefined): WantedExpressions => {
  const { owner, ...wanted } = filter ?? {}
  return { ...wanted, ownerId: owner == null ? null : localId(owner, 'User') }
}

const ExpressionOrderField = builder.enumType('ExpressionOrderField', {
  description: 'By what expressions are put in order.',
  values: {
    SUBMITTED: { description: 'When they were submitted.' },
    FINISHED: { description: 'When they came to their end. Those that have not are left out.' },
    DURATION: {
      description:
        'How long they took from their start to their end. Those that have not ended, or never began, are left out.',
    },
  } satisfies Record<(typeof expressionOrders)[number], object>,
})

const OrderDirection = builder.enumType('OrderDirection', {
  description: 'In which direction a list goes.',
  values: {
    ASC: { description: 'From the least: the oldest, or the shortest.' },
    DESC: { description: 'From the greatest: the newest, or the longest.' },
  },
})

export const ExpressionOrder = builder.inputType('ExpressionOrder', {
  description: 'The order of a list of expressions.',
  fields: (t) => ({
    field: t.field({ type: ExpressionOrderField, description: 'By what.' }),
    direction: t.field({ type: OrderDirection, description: 'In which direction.' }),
  }),
})

/** Thrown by queries, where no union of results has a place for it. */
export function refusedList(
  failure: InvalidInputError | RateLimitedError | ForbiddenError | UnauthenticatedError,
): GraphQLError {
  switch (failure.kind) {
    case 'RateLimitedError':
      return rateLimitedError(failure)
    case 'ForbiddenError':
    case 'UnauthenticatedError':
      return new Refusal(failure)
    case 'InvalidInputError':
      return codedError(failure.code, failure.message)
    default:
      return failure satisfies never
  }
}
