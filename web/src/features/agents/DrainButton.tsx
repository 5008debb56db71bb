import { useMutation } from 'urql'
import { Button } from '../../components/Button.tsx'
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
    <>
      {problem !== null && <span role="alert">{problem}</span>}
      <Button
        size="small"
        aria-label={`Drain ${name}`}
        title="It finishes what it holds and leaves"
        isBusy={fetching}
        onClick={() => void drain({ id })}
      >
        Drain
      </Button>
    </>
  )
}
