import type { Operation } from '../../generated/prisma/client.ts'
import { requesterOf } from '../../use-cases/accounts/requester.ts'
import { setOperationDurations } from '../../use-cases/set-operation-durations.ts'
import { json, refused } from '../answer.ts'
import { durations, someDurations } from '../contract/cluster.ts'
import { route } from '../route.ts'

const path = '/operations/duration'

const byName = (operations: readonly Operation[]) =>
  Object.fromEntries(operations.map(({ name, durationMs }) => [name, durationMs]))

export const readDurationsRoute = route({
  ...{ id: 'readDurations', method: 'GET', path, scope: 'read', summary: 'How long operations take' },
  answers: { 200: { description: 'All operations, by name.', schema: durations } },
  handle: async ({ services }) => json(200, byName(await services.live.operations())),
})

const setBy = (method: 'PATCH' | 'POST', id: string) =>
  route({
    ...{ id, method, path, scope: 'admin', summary: 'Set how long operations take' },
    description:
      'For all users, all that are named or none, from the next assignment on. Admin only. POST and PATCH do the same.',
    body: someDurations,
    answers: { 200: { description: 'All operations, as they are now.', schema: durations } },
    async handle({ body, services, ...call }) {
      const given = Object.entries(body).map(([name, durationMs]) => ({ name, durationMs }))
      const outcome = await setOperationDurations(services, given, requesterOf(call))
      return 'kind' in outcome ? refused(outcome) : json(200, byName(outcome))
    },
  })

export const setDurationsRoutes = [setBy('PATCH', 'changeDurations'), setBy('POST', 'setDurations')]
