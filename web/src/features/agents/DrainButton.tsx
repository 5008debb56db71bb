import { useState } from 'react'
import { useMutation } from 'urql'
import { Button } from '../../components/Button.tsx'
import { ConfirmedButton } from '../../components/ConfirmedButton.tsx'
import { mutationProblem } from '../../components/mutation-problem.ts'
import { graphql } from '../../graphql.ts'
import { t } from '../../language/t.ts'

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
        code
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
        code
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
  const problem = mutationProblem(result, last.error)
  const press = (mutate: typeof drain | typeof undrain) => {
    setWasPressed(true)
    void mutate({ id })
  }
  if (!isDraining)
    return (
      <ConfirmedButton
        action={t('Drain')}
        object={name}
        question={t('Finish what it holds, and leave?')}
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
        aria-label={t('Stop draining {name}', { name })}
        title={t('It stays, and takes tasks again')}
        autoFocus={wasPressed}
        isBusy={undrained.fetching}
        onClick={() => press(undrain)}
      >
        {t('Stop draining')}
      </Button>
    </>
  )
}
