import { useState } from 'react'
import { useMutation } from 'urql'
import { Button } from '../../components/Button.tsx'
import { StatusBadge } from '../../components/StatusBadge.tsx'
import { graphql, type ResultOf } from '../../graphql.ts'
import styles from './OwnAgents.module.css'

export const OwnAgentFragment = graphql(`
  fragment OwnAgent_agent on OwnAgent @_unmask {
    name
    isRunning
  }
`)

const KillOwnAgentMutation = graphql(`
  mutation KillOwnAgent($name: String!) {
    outcome: killOwnAgent(input: { name: $name }) {
      __typename
      ... on Error {
        message
      }
    }
  }
`)

const StartOwnAgentMutation = graphql(`
  mutation StartOwnAgent($name: String!) {
    outcome: startOwnAgent(input: { name: $name }) {
      __typename
      ... on Error {
        message
      }
    }
  }
`)

/** What is asked for shows at once, and is taken back where it is refused. */
export function OwnAgentRow({ agent }: { agent: ResultOf<typeof OwnAgentFragment> }) {
  const { name } = agent
  const [isRunning, setRunning] = useState(agent.isRunning)
  const [problem, setProblem] = useState<string | null>(null)
  const [, kill] = useMutation(KillOwnAgentMutation)
  const [, start] = useMutation(StartOwnAgentMutation)

  async function change() {
    setRunning(!isRunning)
    setProblem(null)
    const { data } = await (isRunning ? kill : start)({ name })
    const outcome = data?.outcome
    if (outcome?.__typename === 'OwnAgent') return
    setRunning(isRunning)
    setProblem(outcome && 'message' in outcome ? outcome.message : 'Could not reach the server.')
  }

  return (
    <li className={styles.agent}>
      <span className={styles.name}>{name}</span>
      <StatusBadge look={isRunning ? { word: 'Runs', tone: 'succeeded' } : { word: 'Killed', tone: 'failed' }} />
      {problem !== null && <span role="alert">{problem}</span>}
      <Button
        size="small"
        look={isRunning ? 'danger' : 'secondary'}
        aria-label={`${isRunning ? 'Kill' : 'Start'} ${name}`}
        onClick={() => void change()}
      >
        {isRunning ? 'Kill' : 'Start'}
      </Button>
    </li>
  )
}
