import { decodeGlobalID } from '@pothos/plugin-relay'
import { NIL } from 'uuid'

/** Of a global id: a type and a UUID, in base64. */
export const maxGlobalIdLength = 200

/**
 * The id that a global id of this type stands for. One that is malformed, or of another type, stands for nothing that exists: it gets
 * an id that nothing has, so that it is answered as not found like any other.
 */
export function localId(globalId: string, typename: string): string {
  if (globalId.length > maxGlobalIdLength) return NIL
  try {
    const decoded = decodeGlobalID(globalId)
    return decoded.typename === typename ? decoded.id : NIL
  } catch {
    return NIL
  }
}
