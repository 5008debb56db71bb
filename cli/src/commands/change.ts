import { cancelExpression } from '../watching/documents.ts'
import { deleteExpression, retryExpression } from './change-documents.ts'
import { defineCommand } from './command.ts'
import { refused, withEach } from './each.ts'

const many = {
  options: {},
  words: [1, Infinity] as const,
  details: ['With - the ids are read from standard input, one a line.'],
}

export const cancel = defineCommand({
  ...many,
  name: 'cancel',
  summary: 'stop computing expressions',
  usage: ['cancel ID…'],
  run: (context, { words }) =>
    withEach(context, words, async (id) => {
      const answer = await context.api.ask(cancelExpression, { id })
      if (answer.kind !== 'data') return answer
      const { cancelExpression: outcome } = answer.data
      if (outcome.__typename !== 'Expression') return refused(outcome)
      return { kind: 'done', text: `cancelled ${outcome.id}`, record: { id: outcome.id, status: outcome.status } }
    }),
})

export const retry = defineCommand({
  ...many,
  name: 'retry',
  summary: 'compute expressions on that agents could not compute',
  usage: ['retry ID…'],
  run: (context, { words }) =>
    withEach(context, words, async (id) => {
      const answer = await context.api.ask(retryExpression, { id })
      if (answer.kind !== 'data') return answer
      const { retryExpression: outcome } = answer.data
      if (outcome.__typename !== 'Expression') return refused(outcome)
      return { kind: 'done', text: `retrying ${outcome.id}`, record: { id: outcome.id, status: outcome.status } }
    }),
})

export const remove = defineCommand({
  ...many,
  name: 'delete',
  summary: 'delete expressions with all that was computed of them',
  usage: ['delete ID…'],
  run: (context, { words }) =>
    withEach(context, words, async (id) => {
      const answer = await context.api.ask(deleteExpression, { id })
      if (answer.kind !== 'data') return answer
      const { deleteExpression: outcome } = answer.data
      if (outcome.__typename !== 'DeleteExpressionPayload') return refused(outcome)
      return {
        kind: 'done',
        text: `deleted ${outcome.deletedId}`,
        record: { id: outcome.deletedId, status: 'DELETED' },
      }
    }),
})
