import { codes } from './entry.ts'

/** Of agents: why their session is refused or ends. */
export const ofAgents = codes({
  AGENT_CONNECTED: ['It is to be forgotten, and is connected.', 'Drain it, or stop it; then forget it.'],
  AGENT_LIMIT: [
    'The agents of its token are, or have, too many.',
    'Use another token, or raise the limit that the message names.',
  ],
  AGENT_NAME_TAKEN: [
    'Another is connected under its name, with the same token.',
    'Give each agent a name of its own. Asked again, it is let in once the other is gone.',
  ],
  AGENT_SUPERSEDED: ['Another process has opened a session under its name.', 'Give each agent a name of its own.'],
  AGENT_SUSPENDED: ['It returned results that cannot be.', 'Mend it; then an admin reinstates it.'],
  PROTOCOL_UNSUPPORTED: [
    'It speaks a version of the agents’ protocol that the server does not.',
    'Use the agent that the server hands out at `/reckon-agent.mjs`.',
  ],
})
