import { useMutation } from 'urql'
import { ConfirmedButton } from '../../components/ConfirmedButton.tsx'
import { graphql } from '../../graphql.ts'

const DrainAgentMutation = graphql(`
  mutation DrainAgent($id: ID!) {
    drainAgent(input: { id: $id }) {
      __typename
      ... on Agent {
        id
        version
        state
      }
      ... on Error {
        message
      }
    }
  }
`)

/** Has an agent finish what it holds, take nothing new and leave. */
export function DrainButton({ id, name }: { id: string; name: string }) {
  const [{ fetching, data, error }, drain] = useMutation(DrainAgentMutation)
  const result = data?.drainAgent
  const problem = error ? 'Could not reach the server.' : result && 'message' in result ? result.message : null
  return (
    <ConfirmedButton
      action="Drain"
      object={name}
      question="Finish and leave, until it is started again?"
      problem={problem}
      isBusy={fetching}
      onConfirm={() => void drain({ id })}
    />
  )
}
