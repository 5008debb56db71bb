import { encodeGlobalID } from '@pothos/plugin-relay'
import { NIL } from 'uuid'
import { changeMany, maxOfCall, type BulkOutcome, type BulkRefusal } from '../use-cases/expressions/bulk.ts'
import { cancelling, deleting, retrying, undeleting, type BulkAction } from '../use-cases/expressions/bulk-actions.ts'
import { countListed, maxCount } from '../use-cases/expressions/list-expressions.ts'
import { builder } from './builder.ts'
import type { Context } from './context.ts'
import {
  ForbiddenErrorType,
  InvalidInputErrorType,
  RateLimitedErrorType,
  refuse,
  resolveOutcome,
  UnauthenticatedErrorType,
} from './errors.ts'
import { ExpressionType } from './expression.ts'
import { cursorOf, placeOf } from './expression-cursor.ts'
import { ExpressionFilter, refusedList, wantedOf } from './expression-filter.ts'
import { localId } from './local-id.ts'

const BulkRefusalType = builder.objectRef<BulkRefusal>('BulkRefusal').implement({
  description: 'An expression to which it was not done.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Which, as it was named.' }),
    code: t.exposeString('code', {
      description:
        'As of the error that the mutation of one expression answers with: NOT_FOUND, EXPRESSION_FINISHED, WOULD_FAIL_AGAIN, NOT_FAILED, LOG_PURGED; or REQUEST_ID_TAKEN where another has the requestId of one that was deleted.',
    }),
    message: t.exposeString('message', { description: 'What to tell a person.' }),
  }),
})

/** How much is left is counted once, though two fields tell of it. */
const remainingOf = ({ rest }: BulkOutcome, { account, actor, services }: Context) =>
  account.reads.once(JSON.stringify(['remaining', rest]), async () => {
    if (rest === null) return { count: 0, isAll: true }
    const counted = await countListed(services, actor, { ...rest, order: 'SUBMITTED', direction: 'DESC' })
    if ('kind' in counted) throw refusedList(counted)
    return counted
  })

const BulkPayload = builder.objectRef<BulkOutcome>('BulkPayload').implement({
  description: 'What became of many expressions.',
  fields: (t) => ({
    done: t.idList({
      description: 'To which it was done, or had been done before.',
      resolve: ({ done }) => done.map(globalIdOf),
    }),
    refused: t.field({
      type: [BulkRefusalType],
      description: 'To which it was not done, and why.',
      resolve: ({ refused }) => [...refused],
    }),
    endCursor: t.string({
      nullable: true,
      description: 'Where the next call goes on, as its `after`. Null where nothing is left, and of ids.',
      resolve: ({ rest }) => rest && cursorOf(rest.from, 'SUBMITTED'),
    }),
    remainingCount: t.int({
      complexity: 1_000,
      description: `How many the filter leaves beyond \`endCursor\`: counted up to ${maxCount}, and no further than a search goes.`,
      resolve: async (outcome, _args, context) => (await remainingOf(outcome, context)).count,
    }),
    isRemainingCountExact: t.boolean({
      description: 'Whether `remainingCount` is all: else there are more, or may be.',
      resolve: async (outcome, _args, context) => (await remainingOf(outcome, context)).isAll,
    }),
  }),
})

const BulkResult = builder.unionType('BulkResult', {
  description: 'What a mutation of many expressions answers.',
  types: [BulkPayload, InvalidInputErrorType, RateLimitedErrorType, ForbiddenErrorType, UnauthenticatedErrorType],
  resolveType: resolveOutcome('BulkPayload'),
})

const ExpressionSelection = builder.inputType('ExpressionSelection', {
  description: 'Which expressions.',
  isOneOf: true,
  fields: (t) => ({
    ids: t.idList({
      required: false,
      description: `These, at most ${maxOfCall}. One that is named twice counts once.`,
    }),
    filter: t.field({
      type: ExpressionFilter,
      required: false,
      description: `Those that the filter of \`expressions\` leaves, ${maxOfCall} a call, newest first; those of another status than it can be done to are passed over.`,
    }),
  }),
})

const BulkInput = builder.inputType('BulkInput', {
  description: 'What a mutation of many expressions is about.',
  fields: (t) => ({
    select: t.field({ type: ExpressionSelection, description: 'Which expressions.' }),
    after: t.string({
      required: false,
      description: 'With a filter: the `endCursor` of the call before. What was submitted since is not among the rest.',
    }),
  }),
})

const UndeleteExpressionsInput = builder.inputType('UndeleteExpressionsInput', {
  description: 'What is to be brought back.',
  fields: (t) => ({ ids: t.idList({ description: `Ids of deleted expressions, at most ${maxOfCall}.` }) }),
})

async function change(context: Context, action: BulkAction, input: typeof BulkInput.$inferInput) {
  const { actor, services } = context
  const { ids, filter } = input.select
  if (ids != null) return changeThese(context, action, ids)
  const from = input.after == null ? null : placeOf(input.after, 'SUBMITTED')
  const outcome = await changeMany(services, actor, action, { kind: 'filter', wanted: wantedOf(filter), from })
  if ('kind' in outcome) return outcome
  return { ...outcome, refused: outcome.refused.map((refusal) => ({ ...refusal, id: globalIdOf(refusal.id) })) }
}

/** Ids that stand for nothing are told as they came. */
async function changeThese({ actor, services }: Context, action: BulkAction, given: readonly string[]) {
  const ids = given.map((id) => localId(id, ExpressionType.name))
  const outcome = await changeMany(services, actor, action, { kind: 'ids', ids })
  if ('kind' in outcome) return outcome
  const malformed = given.filter((_, place) => ids[place] === NIL)
  const refused = outcome.refused.flatMap((refusal) =>
    refusal.id === NIL ? malformed.map((id) => ({ ...refusal, id })) : [{ ...refusal, id: globalIdOf(refusal.id) }],
  )
  return { ...outcome, refused }
}

const globalIdOf = (id: string) => encodeGlobalID(ExpressionType.name, id)

const bulkMutations = {
  cancelExpressions: [cancelling, 'Cancels many expressions, as `cancelExpression` does one.'],
  deleteExpressions: [
    deleting,
    'Deletes many expressions, as `deleteExpression` does one. For an hour `undeleteExpressions` brings them back.',
  ],
  retryExpressions: [retrying, 'Puts many failed expressions back in the queue, as `retryExpression` does one.'],
} as const satisfies Record<string, readonly [BulkAction, string]>

for (const [name, [action, description]] of Object.entries(bulkMutations))
  builder.mutationField(name, (t) =>
    t.field({
      type: BulkResult,
      complexity: maxOfCall,
      description,
      args: { input: t.arg({ type: BulkInput, description: 'Which.' }) },
      authScopes: { submit: true },
      unauthorizedResolver: refuse,
      resolve: (_root, { input }, context) => change(context, action, input),
    }),
  )

builder.mutationField('undeleteExpressions', (t) =>
  t.field({
    type: BulkResult,
    complexity: maxOfCall,
    description:
      'Brings back expressions that were deleted within the last hour, with what was computed of them. What was unfinished is queued anew. Yours, or as an admin anybody’s.',
    args: { input: t.arg({ type: UndeleteExpressionsInput, description: 'Which.' }) },
    authScopes: { submit: true },
    unauthorizedResolver: refuse,
    resolve: (_root, { input }, context) => changeThese(context, undeleting, input.ids),
  }),
)
