import { z } from 'zod'
import { cancelExpression } from '../../use-cases/expressions/cancel-expression.ts'
import { deleteExpression } from '../../use-cases/expressions/delete-expression.ts'
import { readExpression } from '../../use-cases/expressions/read-expression.ts'
import { retryExpression } from '../../use-cases/expressions/retry-expression.ts'
import { empty, json, refused } from '../answer.ts'
import { expression } from '../contract/expression.ts'
import { isFailure } from '../failure.ts'
import { digitsParameter, waitParameter } from '../parameters.ts'
import { route } from '../route.ts'
import { answerWithExpression } from './answer.ts'
import { idOf } from '../id.ts'
import { showExpression } from './show.ts'

const path = '/expressions/{id}'
const idParameter = { name: 'id', in: 'path', description: 'Of the expression, as it came with it.' } as const
const wishes = z.strictObject({ wait: waitParameter, digits: digitsParameter })
const notThere = 'There is none, or it is not yours.'

export const readRoute = route({
  ...{ id: 'readExpression', method: 'GET', path, scope: 'read', summary: 'One expression' },
  description:
    'With `wait` the answer comes when it has ended, or when the time is over: then it is 202. `Accept: text/plain` gives the result alone, as a line.',
  parameters: [idParameter, { name: 'Prefer', in: 'header', description: '`wait=30` is the same as `?wait=30`.' }],
  query: wishes,
  answers: {
    200: { description: 'As it is.', schema: expression, isAlsoText: true, headers: ['Preference-Applied'] },
    202: {
      description: 'It has not ended in the time that the client waits; as a text, nothing yet.',
      ...{ schema: expression, isAlsoText: true, headers: ['Preference-Applied'] },
    },
  },
  problems: { 404: notThere, 422: 'For `text/plain`: it has failed or was cancelled, so there is no result.' },
  async handle(call) {
    const view = await readExpression(call.services, call.actor, idOf('Expression', call.params['id']))
    return isFailure(view) ? refused(view) : answerWithExpression(call, view, { ended: 200, unfinished: 200 })
  },
})

export const deleteRoute = route({
  ...{ id: 'deleteExpression', method: 'DELETE', path, scope: 'submit', summary: 'Delete an expression' },
  description: 'With all that was computed of it. What agents compute of it is taken from them.',
  parameters: [idParameter],
  answers: { 204: { description: 'It is gone, or was before.' } },
  problems: { 404: notThere },
  async handle({ services, actor, params }) {
    const outcome = await deleteExpression(services, actor, idOf('Expression', params['id']))
    return isFailure(outcome) ? refused(outcome) : empty(204)
  },
})

export const cancelRoute = route({
  ...{
    id: 'cancelExpression',
    method: 'POST',
    path: `${path}/cancel`,
    scope: 'submit',
    summary: 'Cancel an expression',
  },
  description: 'Ends it and takes its tasks from the agents. One that was cancelled before is simply returned.',
  parameters: [idParameter],
  answers: { 200: { description: 'It is cancelled.', schema: expression } },
  problems: { 404: notThere, 409: 'EXPRESSION_FINISHED: it has come to its end already.' },
  async handle(call) {
    const outcome = await cancelExpression(call.services, call.actor, idOf('Expression', call.params['id']))
    return isFailure(outcome) ? refused(outcome) : json(200, await showExpression(call, outcome))
  },
})

export const retryRoute = route({
  ...{ id: 'retryExpression', method: 'POST', path: `${path}/retry`, scope: 'submit', summary: 'Retry an expression' },
  description:
    'Of one that failed with ATTEMPTS_SPENT: what was computed stays, and its tasks have all their attempts again. One that is queued or runs is simply returned.',
  parameters: [idParameter],
  answers: { 200: { description: 'It is queued or runs.', schema: expression } },
  problems: { 404: notThere, 409: 'WOULD_FAIL_AGAIN, NOT_FAILED or LOG_PURGED.' },
  async handle(call) {
    const outcome = await retryExpression(call.services, call.actor, idOf('Expression', call.params['id']))
    return isFailure(outcome) ? refused(outcome) : json(200, await showExpression(call, outcome))
  },
})
