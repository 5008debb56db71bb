/** When a code comes, what to do then, and the status with which REST answers it; without one REST never does. */
type Entry = readonly [when: string, remedy: string, status?: number]

/** Keeps the names as types. */
export const codes = <Code extends string>(entries: Readonly<Record<Code, Entry>>) => entries
