import { unauthenticated } from '../../domain/failure.ts'
import { json, refused } from '../answer.ts'
import { viewer } from '../contract/account.ts'
import { route } from '../route.ts'

export const meRoute = route({
  ...{ id: 'me', method: 'GET', path: '/me', scope: 'read', summary: 'Who you are' },
  answers: { 200: { description: 'You.', schema: viewer } },
  async handle({ actor, services }) {
    if (actor.kind !== 'user') return refused(unauthenticated)
    const user = await services.database.prisma.user.findUnique({ where: { id: actor.userId } })
    // An account may be deleted while a token of it is good.
    if (user === null) return refused(unauthenticated)
    const { id, email, role, createdAt } = user
    return json(200, {
      ...{ id, email, role },
      createdAt: createdAt.toISOString(),
      scopes: actor.token?.scopes ?? null,
    })
  },
})
