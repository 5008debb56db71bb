interface Refusal {
  readonly __typename: string
  readonly message?: string
  readonly fields?: readonly { readonly message: string }[]
}

/** Why something could not be made: what is wrong with what was given, told at its field, or with all of it. */
export function creationProblem(
  result: Refusal | undefined,
  error: object | undefined,
): { readonly ofField: string | undefined; readonly ofAll: string | null } {
  if (result?.__typename === 'InvalidInputError')
    return { ofField: result.fields?.[0]?.message ?? result.message, ofAll: null }
  return { ofField: undefined, ofAll: error ? 'The server did not answer.' : (result?.message ?? null) }
}
