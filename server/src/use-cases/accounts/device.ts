import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Services } from '../services.ts'

/** The longest that a device's secret may be; ours are 87 characters. */
const maxLength = 100

/** A new secret by which a device is known. It is signed, so that one that was made up is told apart without a look into the database. */
export function newDevice({ accounts, ids }: Pick<Services, 'accounts' | 'ids'>): string {
  const secret = ids.secret()
  return `${secret}.${tagOf(accounts.deviceKey, secret)}`
}

/** The secret, if it is one that a server of these secrets has made. */
export function ownDevice({ accounts }: Pick<Services, 'accounts'>, device: string | undefined): string | undefined {
  if (device === undefined || device.length > maxLength) return undefined
  const [secret = '', tag = ''] = device.split('.')
  const expected = Buffer.from(tagOf(accounts.deviceKey, secret))
  const given = Buffer.from(tag)
  return given.length === expected.length && timingSafeEqual(given, expected) ? device : undefined
}

const tagOf = (key: Uint8Array, secret: string): string => createHmac('sha256', key).update(secret).digest('base64url')
