import { NIL, validate as isUuid } from 'uuid'
import { isAdmin } from '../use-cases/accounts/is-admin.ts'
import { isOwner } from '../use-cases/expressions/access.ts'
import type { Context } from './context.ts'
import type { OperationAccount } from './cost/operation-account.ts'
import { whenThere, type Soon } from './memo.ts'

interface Answer {
  readonly at: number
  value: Soon<boolean>
}

/** Of a subscription the role is not read anew for each of its events, of which there may be several a second. */
const lifetimeMs = 2_000

const answers = new WeakMap<OperationAccount, Answer>()

/** Whether who asks is an admin, read once for an operation. */
export function isAdminHere({ account, actor, services }: Context): Soon<boolean> {
  const now = services.clock.now()
  const known = answers.get(account)
  if (known && now - known.at < lifetimeMs) return known.value
  const answer: Answer = { at: now, value: isAdmin(services, actor) }
  answers.set(account, answer)
  return whenThere(answer.value, (value) => (answer.value = value))
}

/** What a node that is for admins is looked up by: for all others an id that none has, so that it is not found, as if it did not exist. */
export const adminsOnly = async (id: string, context: Context) => ({
  id: isUuid(id) && (await isAdminHere(context)) ? id : NIL,
})

/** As `adminsOnly`, of what its user sees too. */
export async function usersOwn(id: string, context: Context) {
  const { actor } = context
  if (actor.kind !== 'user' || !isUuid(id)) return { id: NIL }
  return (await isAdminHere(context)) ? { id } : { id, userId: actor.userId }
}

/** Whether who asks may see expressions of this owner: the rule of use-cases/expressions/access.ts, for lists. */
export const maySeeHere = (context: Context, ownerId: string): Soon<boolean> =>
  isOwner(context.actor, ownerId) || isAdminHere(context)
