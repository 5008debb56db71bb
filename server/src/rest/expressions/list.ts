import { z } from 'zod'
import { loadExpressions } from '../../store/expressions/load-expressions.ts'
import type { Place } from '../../store/expressions/search-expressions.ts'
import { filterOf, listExpressions } from '../../use-cases/expressions/list-expressions.ts'
import { json, refused } from '../answer.ts'
import { expressionPage, expressionStatus } from '../contract/expression.ts'
import { isFailure } from '../failure.ts'
import { wholeNumber } from '../parameters.ts'
import { route, type Call } from '../route.ts'
import { showInList } from './show.ts'

const defaultSize = 20

const query = z.strictObject({
  limit: wholeNumber(1, 100).optional().describe(`How many, ${defaultSize} unless told, at most 100.`),
  after: z.uuid('is no cursor of this list').optional().describe('A cursor, as `Link` has it.'),
  status: expressionStatus.optional().describe('Only those that stand so.'),
  contains: z
    .string()
    .min(1)
    .optional()
    .describe('Only those whose source contains this text, of at most 100 characters.'),
})

export const listRoute = route({
  ...{ id: 'listExpressions', method: 'GET', path: '/expressions', scope: 'read' },
  summary: 'Your expressions, newest first',
  description:
    'With `status` or `contains` a page ends, full or not, when some thousands were looked through; the next page goes on there.',
  query,
  answers: { 200: { description: 'A page of them.', schema: expressionPage, headers: ['Link'] } },
  async handle(call) {
    const { actor, query: asked, services } = call
    const wanted = await filterOf(services, actor, {
      statuses: asked.status === undefined ? null : [asked.status],
      sourceContains: asked.contains,
    })
    if (isFailure(wanted)) return refused(wanted)
    const { limit = defaultSize, after } = asked
    const found = await listExpressions(services, actor, {
      ...{ filter: wanted.filter, order: 'SUBMITTED', direction: 'DESC' },
      from: after === undefined ? null : { id: after, key: null },
      // One more tells whether there is one.
      limit: limit + 1,
    })
    if (isFailure(found)) return refused(found)
    const places = found.places.slice(0, limit)
    const next = found.places.length > limit ? places.at(-1) : found.stoppedAt
    const expressions = await shownAt(call, places)
    return json(200, { expressions }, next ? { Link: linkTo(call, next.id) } : {})
  },
})

/** What was deleted since it was found is left out. */
async function shownAt(call: Call, places: readonly Place[]) {
  const { database, live } = call.services
  const rows = await loadExpressions(
    database.reads,
    places.map(({ id }) => id),
  )
  const views = new Map((await live.expressions.view(rows)).map((view) => [view.id, view]))
  const inOrder = places.map(({ id }) => views.get(id)).filter((view) => view !== undefined)
  return Promise.all(inOrder.map((view) => showInList(call, view)))
}

function linkTo({ base, query: asked }: Call<z.output<typeof query>>, next: string): string {
  const parameters = Object.entries({ ...asked, after: next }).map(([name, value]) => [name, String(value)])
  return `<${base}/expressions?${new URLSearchParams(parameters).toString()}>; rel="next"`
}
