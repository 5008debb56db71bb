/**
 * A random id of 128 bits in hexadecimal. `crypto.randomUUID` would do, but browsers lack it on a page that came over plain
 * HTTP from another machine.
 */
export function newRequestId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** A random number from 0 to 1, to spread retries. */
export const randomFraction = (): number => Math.random()
