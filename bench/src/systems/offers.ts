import type { StartUp } from './start-up.ts'
import type { Watching } from './watching.ts'

/** What a system may have beside computing. A scenario that needs it is asked of those systems alone that have it. */
export interface Offers {
  /** Has many watch one expression. */
  readonly watching: Watching
  /** Can be started anew as a newcomer does. */
  readonly startUp: StartUp
}

export type Offer = keyof Offers

/** What a running system offers, which a scenario that needs it relies on. */
export function offered<Name extends Offer>(system: Partial<Offers>, name: Name): Offers[Name] {
  const offer = system[name]
  if (offer === undefined) throw new Error(`this system does not offer ${name}`)
  return offer as Offers[Name]
}
