import { validate as isUuid } from 'uuid'
import type { ExpressionOrder } from '../store/expressions/expression-filter.ts'
import type { Place } from '../store/expressions/search-expressions.ts'
import { codedError } from './coded-error.ts'

/** Before an id alone: the form that cursors had when there was but one order. */
const inOrderOfSubmission = 'GPC:S:'

/** A place in an order, as a text that a client hands back. */
export function cursorOf({ id, key }: Place, order: ExpressionOrder): string {
  const place = key === null ? `${inOrderOfSubmission}${id}` : `${order}:${key}:${id}`
  return Buffer.from(place).toString('base64')
}

/** The place that a cursor of this order names. One of another order names none in this. */
export function placeOf(cursor: string, order: ExpressionOrder): Place {
  const text = cursor.length > 200 ? '' : Buffer.from(cursor, 'base64').toString()
  if (order === 'SUBMITTED') {
    const id = text.startsWith(inOrderOfSubmission) ? text.slice(inOrderOfSubmission.length) : ''
    if (isUuid(id)) return { id, key: null }
  } else {
    const [name, key = '', id = ''] = text.split(':')
    if (name === order && /^\d{1,15}$/.test(key) && isUuid(id)) return { id, key: Number(key) }
  }
  throw codedError('INVALID_INPUT', 'This is no cursor of this list in this order.')
}
