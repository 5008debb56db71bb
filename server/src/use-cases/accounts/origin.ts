import { clientNetwork } from './client-network.ts'
import { hashToken } from './token-hash.ts'

/** Where a sign-in comes from. */
export interface Origin {
  /** The client's network address. */
  readonly address: string
  /** The secret of the device's cookie, where it sent one. */
  readonly device?: string | undefined
  /** What the client says it is. */
  readonly userAgent?: string | undefined
}

/** The device as it is stored. */
export const deviceHash = ({ device }: Origin) => (device === undefined ? null : hashToken(`device ${device}`))

export const networkHash = ({ address }: Origin) => hashToken(`network ${clientNetwork(address)}`)
