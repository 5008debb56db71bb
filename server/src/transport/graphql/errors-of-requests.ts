/** Which request an error came of: who masks it is told no more than the error. */
const requests = new WeakMap<object, string>()

export function noteRequest(errors: readonly object[] | undefined, requestId: string | null): void {
  if (requestId !== null) for (const error of errors ?? []) requests.set(error, requestId)
}

export const requestOf = (error: unknown): string | undefined =>
  typeof error === 'object' && error !== null ? requests.get(error) : undefined
