import { useMutation } from 'urql'
import { Button } from '../../components/Button.tsx'
import { leaveFocus } from '../../components/leave-focus.ts'
import { mutationProblem } from '../../components/mutation-problem.ts'
import { graphql } from '../../graphql.ts'
import { t } from '../../language/t.ts'

const ReinstateAgentMutation = graphql(`
  mutation ReinstateAgent($id: ID!) {
    reinstateAgent(input: { id: $id }) {
      __typename
      ... on Agent {
        id
        version
        state
        suspendedAt
        refusedResults
        lastRefusal
      }
      ... on Error {
        code
        message
      }
    }
  }
`)

/** Lets an agent in again that was set aside. */
export function ReinstateButton({ id, name }: { id: string; name: string }) {
  const [{ fetching, data, error }, reinstate] = useMutation(ReinstateAgentMutation)
  const result = data?.reinstateAgent
  const problem = mutationProblem(result, error)
  return (
    <>
      {problem !== null && <span role="alert">{problem}</span>}
      <Button
        ref={leaveFocus}
        size="small"
        aria-label={t('Reinstate {name}', { name })}
        title={t('It is let in again, with nothing held against it')}
        isBusy={fetching}
        onClick={() => void reinstate({ id })}
      >
        {t('Reinstate')}
      </Button>
    </>
  )
}
