import { isStranger, type Actor } from '../../domain/actor.ts'
import type { TransportLimits } from '../limits.ts'
import { shapeProblem } from './message-shape.ts'

/** Below it a message's shape is what its length allows, for those who have a token of the server's admin. */
const alwaysFineOfAgents = 2 ** 16

const knownKind = ({ kind }: Actor) => (kind === 'guest' ? 'anonymous' : kind)

/** What is wrong with a message before anything of it is read, or null; `length` in bytes or, which are no more, in characters. */
export function lengthProblem(length: number, actor: Actor, { messages }: TransportLimits): string | null {
  const { bytes } = messages[knownKind(actor)]
  if (length <= bytes) return null
  return isStranger(actor)
    ? `has more than the ${bytes} bytes that are read of who is not signed in`
    : `has more than ${bytes} bytes`
}

/** What is wrong with the JSON of a message before it is parsed, or null. */
export function jsonProblem(text: string, actor: Actor, limits: TransportLimits): string | null {
  // What agents send is nearly all that a busy server reads.
  if (actor.kind === 'agent' && text.length < alwaysFineOfAgents) return null
  const { values } = limits.messages[knownKind(actor)]
  return shapeProblem(text, { ...limits, values })
}
