/** Versions of the agents' protocol that this server speaks; an agent that names none speaks the first. */
export const protocolVersions: readonly number[] = [1]
