import type { Client } from '@urql/core'
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
  const { data } = await client.query(SourceQuery, { id }).toPromise()
  if (!data?.expression) return { problem: null }
  const input = { source: data.expression.source, requestId: newRequestId(), regroup: true }
  const answer = (await client.mutation(RunAgainMutation, { input }).toPromise()).data?.submitExpression
  if (answer?.__typename === 'Expression') return { id: answer.id }
  return { problem: answer?.message ?? null }
}
