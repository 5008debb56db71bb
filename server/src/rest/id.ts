import { NIL, validate as isUuid } from 'uuid'

/** Of a global id of GraphQL: a type and a UUID, in base64. */
const maxLength = 200

/** The id in a path: a UUID, or what GraphQL calls one of this type. What is neither stands for nothing that exists. */
export function idOf(type: string, text = ''): string {
  if (isUuid(text)) return text
  if (text.length > maxLength) return NIL
  const [named, id = ''] = Buffer.from(text, 'base64').toString().split(':')
  return named === type && isUuid(id) ? id : NIL
}
