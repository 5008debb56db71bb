import { lookup, type LookupAddress, type LookupOptions } from 'node:dns'
import { isIP, type BlockList, type LookupFunction } from 'node:net'
import { reachOf, type Reach } from './networks.ts'

/** Says where something may not be sent, and not to which address its name leads: names of others' networks are not to be read by it. */
export class RefusedAddressError extends Error {
  override readonly name = 'RefusedAddressError'
}

const words: Readonly<Record<'private' | 'plain', string>> = {
  private: 'Its address is not a public one. Operators allow others by WEBHOOK_NETWORKS.',
  plain: 'http:// is for networks that the operator allows by WEBHOOK_NETWORKS. Use https://.',
}

export interface Guard {
  /** The networks that are allowed beside the public one. */
  readonly allowed: BlockList
  readonly isEncrypted: boolean
}

/** Throws where nothing may be sent to one of these addresses. */
export function checkAddresses(addresses: readonly string[], { allowed, isEncrypted }: Guard): void {
  const reaches: readonly Reach[] = addresses.map((address) => reachOf(address, allowed))
  if (reaches.length === 0 || reaches.includes('refused')) throw new RefusedAddressError(words.private)
  if (!isEncrypted && reaches.includes('public')) throw new RefusedAddressError(words.plain)
}

/** The host of a URL, where it is an address and nothing needs to be looked up. */
export function literalAddress({ hostname }: URL): string | null {
  const plain = hostname.replace(/^\[(.*)\]$/, '$1')
  return isIP(plain) === 0 ? null : plain
}

/**
 * Looks a name up for a connection, and refuses all of its addresses where one is refused. The connection goes to what is returned, so there is no
 * second look-up that could say something else.
 */
export const guardedLookup =
  (guard: Guard): LookupFunction =>
  (hostname, options, callback) => {
    const all: LookupOptions & { all: true } = { ...options, all: true }
    lookup(hostname, all, (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => {
      if (error) return callback(error, '')
      try {
        checkAddresses(
          addresses.map(({ address }) => address),
          guard,
        )
      } catch (refusal) {
        return callback(refusal as Error, '')
      }
      if (options.all === true) return callback(null, addresses)
      const [first] = addresses
      callback(null, first?.address ?? '', first?.family)
    })
  }
