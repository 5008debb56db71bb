import { kindOf } from '../domain/operation-kind.ts'
import { spanOf } from '../domain/plan/plan.ts'
import { taskStatuses, type OperandView, type TaskView } from '../domain/tasks/task-view.ts'
import { attemptOutcomes } from '../domain/tasks/attempt.ts'
import type { StoredFailedAttempt } from '../store/expressions/failed-attempts.ts'
import { maySeeExpression } from '../use-cases/expressions/access.ts'
import { AgentType } from './agent.ts'
import { builder } from './builder.ts'
import { ExpressionType } from './expression.ts'
import { expressionNotFound } from './expression-not-found.ts'
import { localId } from './local-id.ts'
import { whenThere } from './memo.ts'
import { OperationKindType } from './operation.ts'
import { marks } from './cost/operation-plugin.ts'
import { RationalType } from './rational.ts'
import { SpanType } from './span.ts'
import { TaskType } from './task-ref.ts'

const TaskStatusType = builder.enumType('TaskStatus', {
  values: {
    WAITING: { description: 'For an operand.' },
    READY: { description: 'Its operands are known; it waits for a slot.' },
    ASSIGNED: { description: 'An agent has it: `isRunning` tells whether it computes it.' },
    SUCCEEDED: { description: 'Its result is in the log.' },
    FAILED: {
      description:
        'It made its expression fail; or it will, if nothing further left in the source fails too, while the expression is still RUNNING.',
    },
    CANCELLED: { description: 'Its expression ended without it, or is bound to.' },
  } satisfies Record<(typeof taskStatuses)[number], object>,
})

type OperandOfTask = OperandView & { readonly expressionId: string }

const OperandType = builder.objectRef<OperandOfTask>('Operand').implement({
  description: 'What an operation works on: a number from the source, or the result of another task.',
  fields: (t) => ({
    value: t.field({
      type: RationalType,
      nullable: true,
      description: 'Null until the task that computes it has succeeded.',
      resolve: ({ value }) => value,
    }),
    task: t.field({
      type: TaskType,
      nullable: true,
      description: 'The task that computes it; null for a number from the source.',
      resolve: ({ expressionId, task }, _args, { account }) =>
        task === null ? null : account.reads.task({ expressionId, task }),
    }),
    negated: t.exposeBoolean('negated', {
      description: 'Whether a unary minus stands before it; `value` has it applied.',
    }),
  }),
})

const AttemptOutcomeType = builder.enumType('AttemptOutcome', { values: attemptOutcomes })

const FailedAttemptType = builder.objectRef<StoredFailedAttempt>('FailedAttempt').implement({
  description: 'An attempt that did not bring the result.',
  fields: (t) => ({
    number: t.exposeInt('attempt'),
    agent: t.field({
      type: AgentType,
      nullable: true,
      resolve: ({ agentId }, _args, { account }) => account.reads.agent(agentId),
    }),
    outcome: t.expose('outcome', { type: AttemptOutcomeType }),
    message: t.string({ resolve: ({ message }, _args, { account }) => account.text(message) }),
    startedAt: t.expose('startedAt', { type: 'DateTime' }),
    endedAt: t.expose('endedAt', { type: 'DateTime' }),
  }),
})

const dateOf = (time: number | null): Date | null => (time === null ? null : new Date(time))

builder.node(TaskType, {
  id: { resolve: ({ expressionId, index }) => `${expressionId}:${index}` },
  description: 'One operation to compute in one expression.',
  loadOne: async (id, { actor, services }) => {
    const [expressionId = '', index = ''] = id.split(':')
    if (!/^\d{1,9}$/.test(index) || !(await maySeeExpression(services, actor, expressionId))) return null
    return services.live.task({ expressionId, task: Number(index) })
  },
  fields: (t) => ({
    version: t.expose('version', { type: 'Version' }),
    index: t.exposeInt('index', { description: 'Its place in `Expression.tasks`.' }),
    expression: t.field({
      type: ExpressionType,
      nullable: false,
      resolve: ({ expressionId }, _args, { account }) =>
        whenThere(account.reads.expression(expressionId), (expression) => {
          // It may have been deleted since its task was read.
          if (expression === null) throw expressionNotFound()
          return expression
        }),
    }),
    operation: t.exposeString('operation', { description: 'The name of what is computed: `+`, `gcd`.' }),
    operator: t.field({
      type: OperationKindType,
      deprecationReason: 'Use `operation`: of functions this says only `FUNCTION`. Stays until 1.0.',
      resolve: ({ operation }) => kindOf(operation),
    }),
    operands: t.field({
      type: [OperandType],
      complexity: { field: 1, multiplier: 2 },
      description: 'In the order in which they stand in the source: of an operator the left, then the right.',
      resolve: ({ operands, expressionId }) => operands.map((operand) => ({ ...operand, expressionId })),
    }),
    result: t.field({ type: RationalType, nullable: true, resolve: ({ result }) => result }),
    status: t.expose('status', { type: TaskStatusType }),
    isRunning: t.exposeBoolean('isRunning', {
      description:
        'Whether its agent computes it right now. An ASSIGNED task may wait at its agent for a slot, or its result be on its way to the log.',
    }),
    attempt: t.exposeInt('attempt', { description: 'The attempt under way or last made; 0 before the first.' }),
    agent: t.field({
      type: AgentType,
      nullable: true,
      description: 'Who computes it, or who did.',
      resolve: ({ agentId }, _args, { account }) => (agentId === null ? null : account.reads.agent(agentId)),
    }),
    span: t.field({
      type: SpanType,
      description: 'The operator, or the name of the function, where it first stands in the source.',
      resolve: spanOf,
    }),
    spans: t.field({
      type: [SpanType],
      complexity: { field: 1, multiplier: 1 },
      description: 'Everywhere it stands in the source: equal operations are computed once.',
      resolve: ({ spans }) => [...spans],
    }),
    readyAt: t.field({ type: 'DateTime', nullable: true, resolve: ({ readyAt }) => dateOf(readyAt) }),
    startedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When its agent began it: null while it waits there for a slot.',
      resolve: ({ startedAt }) => dateOf(startedAt),
    }),
    finishedAt: t.field({ type: 'DateTime', nullable: true, resolve: ({ finishedAt }) => dateOf(finishedAt) }),
    failedAttempts: t.field({
      type: [FailedAttemptType],
      complexity: { field: 1, multiplier: 2 },
      description: 'Attempts that did not bring the result, oldest first.',
      resolve: ({ expressionId, index }, _args, { account }) =>
        account.reads.failedAttempts({ expressionId, task: index }),
    }),
  }),
})

builder.subscriptionField('tasksChanged', (t) =>
  t.field({
    type: [TaskType],
    complexity: { field: 10, multiplier: 1 },
    extensions: marks.measured,
    description: 'All tasks of an expression, then those that changed. Completes when the expression is deleted.',
    args: { expressionId: t.arg.id() },
    authScopes: { watch: true },
    subscribe: async (_root, { expressionId }, { actor, account, services }) => {
      const id = localId(expressionId, 'Expression')
      if (await maySeeExpression(services, actor, id)) return services.live.watchTasks(id, account)
      throw expressionNotFound()
    },
    resolve: (tasks: TaskView[], _args, { account }) => {
      account.reads.show(tasks)
      return tasks
    },
  }),
)
