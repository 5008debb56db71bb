import { useState } from 'react'
import { useMutation } from 'urql'
import { Button } from '../../components/Button.tsx'
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

const UndrainAgentMutation = graphql(`
  mutation UndrainAgent($id: ID!) {
    undrainAgent(input: { id: $id }) {
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

interface Props {
  id: string
  name: string
  isDraining: boolean
}

/** Has an agent finish what it holds, take nothing new and leave; as long as it has not left, lets it stay. */
export function DrainButton({ id, name, isDraining }: Props) {
  const [drained, drain] = useMutation(DrainAgentMutation)
  const [undrained, undrain] = useMutation(UndrainAgentMutation)
  // The keyboard's focus goes from the button that was pressed to the one in its place, and never because somebody else pressed it.
  const [wasPressed, setWasPressed] = useState(false)
  const last = isDraining ? undrained : drained
  const result = isDraining ? undrained.data?.undrainAgent : drained.data?.drainAgent
  const refusal = result && 'message' in result ? result.message : null
  const problem = last.error ? 'Could not reach the server.' : refusal
  const press = (mutate: typeof drain | typeof undrain) => {
    setWasPressed(true)
    void mutate({ id })
  }
  if (!isDraining)
    return (
      <ConfirmedButton
        action="Drain"
        object={name}
        question="Finish what it holds, and leave?"
        problem={problem}
        isBusy={drained.fetching}
        takesFocus={wasPressed}
        onConfirm={() => press(drain)}
      />
    )
  return (
    <>
      {problem !== null && <span role="alert">{problem}</span>}
      <Button
        size="small"
        aria-label={`Stop draining ${name}`}
        title="It stays, and takes tasks again"
        autoFocus={wasPressed}
        isBusy={undrained.fetching}
        onClick={() => press(undrain)}
      >
        Stop draining
      </Button>
    </>
  )
}
