/** Where in the page somebody is: an address below the base path, and what its entry in the browser's history brings along. */
export interface Place {
  readonly pathname: string
  /** With its `?`, or empty; as is the hash. */
  readonly search: string
  readonly hash: string
  readonly state: unknown
  /** Of this entry of the history alone. */
  readonly key: string
}

export type To = string | { readonly pathname: string; readonly search?: string; readonly hash?: string }

export type Address = Pick<Place, 'pathname' | 'search' | 'hash'>

export function addressOf(to: To): Address {
  if (typeof to !== 'string') return { search: '', hash: '', ...to }
  const [, pathname = '/', search = '', hash = ''] = /^([^?#]*)(\?[^#]*)?(#.*)?$/s.exec(to) ?? []
  return { pathname, search, hash }
}

export const writeAddress = ({ pathname, search, hash }: Address): string => pathname + search + hash

/** What the browser keeps with an entry that this page has made; one that it has not made, as by a link to a heading, has none. */
interface Entry {
  readonly key: string
  readonly state: unknown
}

export const entryOf = (state: unknown): Entry | null =>
  typeof state === 'object' && state !== null && 'key' in state && typeof state.key === 'string'
    ? { key: state.key, state: 'state' in state ? state.state : null }
    : null
