import type { Client, CombinedError } from '@urql/core'
import { graphql } from '../../../graphql.ts'
import { newRequestId } from '../../../ids.ts'

const SourceQuery = graphql(`
  query ExpressionSource($id: ID!) {
    expression(id: $id) {
      id
      source
    }
  }
`)

const RunAgainMutation = graphql(`
  mutation RunAgain($input: SubmitExpressionInput!) {
    submitExpression(input: $input) {
      __typename
      ... on Expression {
        id
      }
      ... on Error {
        message
      }
    }
  }
`)

export type RunAgainOutcome = { readonly id: string } | { readonly problem: string | null }

/** Submits the source of an expression once more, as another one. */
export async function runAgain(client: Client, id: string): Promise<RunAgainOutcome> {
  const { data, error } = await client.query(SourceQuery, { id }).toPromise()
  if (!data?.expression) return { problem: refusalIn(error) }
  const input = { source: data.expression.source, requestId: newRequestId(), regroup: true }
  const submitted = await client.mutation(RunAgainMutation, { input }).toPromise()
  const answer = submitted.data?.submitExpression
  if (answer?.__typename === 'Expression') return { id: answer.id }
  return { problem: answer?.message ?? refusalIn(submitted.error) }
}

/** What the server said; null where it did not answer. */
const refusalIn = (error: CombinedError | undefined): string | null => error?.graphQLErrors[0]?.message ?? null
