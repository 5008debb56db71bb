import { codedError } from './coded-error.ts'

export interface PageArguments {
  readonly first?: number | null | undefined
  readonly last?: number | null | undefined
  readonly after?: string | null | undefined
  readonly before?: string | null | undefined
}

/** Which part of a list is asked for: so many beyond a cursor, in the list's direction or against it. */
export interface PageWanted {
  readonly size: number
  readonly isBackwards: boolean
  /** Null for the end that it begins at. */
  readonly cursor: string | null
}

export const defaultPageSize = 20
export const maxPageSize = 100

const wrong = (message: string) => codedError('INVALID_INPUT', message)

/** Reads the arguments of a connection. What is out of range, or does not go together, is an error and not something near it. */
export function pageOf({ first, last, after, before }: PageArguments): PageWanted {
  const isBackwards = last != null || (before != null && first == null)
  if (first != null && last != null) throw wrong('Ask for `first` or for `last`, not for both.')
  if ((isBackwards ? after : before) != null) throw wrong('Give `after` with `first`, and `before` with `last`.')
  const size = first ?? last ?? defaultPageSize
  if (size < 1 || size > maxPageSize) throw wrong(`Ask for 1 to ${maxPageSize} entries at a time, not ${size}.`)
  return { size, isBackwards, cursor: (isBackwards ? before : after) ?? null }
}
