import { unauthenticated } from '../domain/failure.ts'
import type { TaskReceipt } from '../use-cases/scheduler-port.ts'
import { submitTaskResults } from '../use-cases/agents/submit-task-results.ts'
import { builder } from './builder.ts'
import {
  ForbiddenErrorType,
  InvalidInputErrorType,
  refuse,
  resolveOutcome,
  UnauthenticatedErrorType,
} from './errors.ts'
import { localId } from './local-id.ts'

const TaskErrorCodeType = builder.enumType('TaskErrorCode', {
  values: {
    DIVISION_BY_ZERO: {},
    FRACTIONAL_EXPONENT: {},
    OUTSIDE_DOMAIN: { description: 'The function is not defined for these operands: `factorial(-1)`, `gcd(1/2, 3)`.' },
    RESULT_TOO_LARGE: {},
    AGENT_ERROR: { description: 'The agent could not compute it: another attempt may succeed.' },
  },
})

const TaskErrorInput = builder.inputType('TaskErrorInput', {
  fields: (t) => ({ code: t.field({ type: TaskErrorCodeType }), message: t.string() }),
})

const TaskResultInput = builder.inputType('TaskResultInput', {
  description: 'Exactly one of `value` and `error`.',
  fields: (t) => ({
    ticket: t.string({ description: 'The ticket that came with the assignment.' }),
    value: t.string({ required: false, description: '`n` or `n/d` in lowest terms.' }),
    error: t.field({ type: TaskErrorInput, required: false }),
    elapsedMs: t.float({ description: 'How long the agent worked on it, in milliseconds.' }),
  }),
})

const SubmitTaskResultsInput = builder.inputType('SubmitTaskResultsInput', {
  fields: (t) => ({
    agentId: t.id(),
    results: t.field({ type: [TaskResultInput], description: 'At most 1000.' }),
  }),
})

const TaskReceiptType = builder.enumType('TaskReceipt', {
  values: {
    ACCEPTED: { description: 'First to arrive: in the log, on disk.' },
    DUPLICATE: { description: 'The log has a result of this task already.' },
    NOT_NEEDED: { description: 'Its expression has ended; there is nothing left to do.' },
    REFUSED: {
      description: 'The ticket is not valid, or the result cannot be that of its task; do not send it again.',
    },
  } satisfies Record<TaskReceipt, object>,
})

const SubmitTaskResultsPayload = builder
  .objectRef<{ readonly receipts: readonly TaskReceipt[] }>('SubmitTaskResultsPayload')
  .implement({
    fields: (t) => ({
      receipts: t.field({
        type: [TaskReceiptType],
        description: 'One a result, in the order of the input.',
        resolve: ({ receipts }) => [...receipts],
      }),
    }),
  })

const SubmitTaskResultsResult = builder.unionType('SubmitTaskResultsResult', {
  types: [SubmitTaskResultsPayload, InvalidInputErrorType, ForbiddenErrorType, UnauthenticatedErrorType],
  resolveType: resolveOutcome('SubmitTaskResultsPayload'),
})

builder.mutationField('submitTaskResults', (t) =>
  t.field({
    type: SubmitTaskResultsResult,
    description:
      'For agents: returns what they computed. Answers once all that it acknowledges is on disk; until then keep the results.',
    args: { input: t.arg({ type: SubmitTaskResultsInput }) },
    authScopes: { agent: true },
    unauthorizedResolver: refuse,
    resolve: (_root, { input: { agentId, results } }, { actor, services }) =>
      actor.kind === 'agent'
        ? submitTaskResults(services, actor.tokenId, localId(agentId, 'Agent'), results)
        : unauthenticated,
  }),
)
