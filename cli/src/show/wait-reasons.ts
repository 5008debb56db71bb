import type { WaitReason } from '../graphql.ts'

/** What an expression waits for, after "waits for". */
export const awaited: Readonly<Record<WaitReason, string>> = {
  AGENT_ALONE: 'an agent for itself, as it was lost with its agents before',
  LOG: 'the disk: all is computed',
  NO_AGENTS: 'an agent: none is connected',
  OPERANDS: 'its own operands',
  OTHER_USERS: 'a slot, which others get first',
  OWN_EXPRESSIONS: 'a slot, which other expressions of yours get first',
  RECOVERY: 'the agents of a server that was lost',
  RETRY: 'the next try of what an agent could not compute',
  SLOTS: 'a slot: all are taken',
}
