import { NIL, validate as isUuid } from 'uuid'

/** Of a global id of GraphQL: a type and a UUID, in base64. */
const maxLength = 200

/** The id in a path: a UUID, or what GraphQL calls the expression. What is neither stands for nothing that exists. */
export function expressionIdOf(text = ''): string {
  if (isUuid(text)) return text
  if (text.length > maxLength) return NIL
  const [type, id = ''] = Buffer.from(text, 'base64').toString().split(':')
  return type === 'Expression' && isUuid(id) ? id : NIL
}
