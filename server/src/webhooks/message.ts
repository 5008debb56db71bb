import { tellNumber } from '../domain/number/told-number.ts'

/** What a delivery says, as the statement that ended the expression wrote it down. */
export interface EndedData {
  readonly requestId: string
  readonly status: string
  readonly result: string | null
  readonly failure: { readonly code: string; readonly message: string } | null
  readonly operations: number
  readonly createdAt: string
  readonly finishedAt: string
}

export interface Told {
  readonly event: string
  readonly expressionId: string | null
  readonly data: unknown
  readonly createdAt: Date
}

/** The body of a delivery: the same at each attempt. What an expression has is called as REST calls it. */
export function bodyOf({ event, expressionId, data, createdAt }: Told): string {
  const told = expressionId === null ? (data as object) : ofExpression(expressionId, data as EndedData)
  return JSON.stringify({ type: event, timestamp: createdAt.toISOString(), data: told })
}

function ofExpression(id: string, { result, failure, operations, createdAt, finishedAt, ...rest }: EndedData) {
  return {
    id,
    ...rest,
    result: result === null ? null : tellNumber(result),
    error: failure === null ? null : { code: failure.code, message: failure.message },
    operations,
    createdAt: new Date(createdAt).toISOString(),
    finishedAt: new Date(finishedAt).toISOString(),
  }
}
