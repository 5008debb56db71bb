import { useState, type ReactNode } from 'react'
import { useMutation } from 'urql'
import { Button } from '../../components/Button.tsx'
import { mutationProblem } from '../../components/mutation-problem.ts'
import { StatusBadge } from '../../components/StatusBadge.tsx'
import { graphql, type ResultOf } from '../../graphql.ts'
import { msg, t } from '../../language/t.ts'
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
        code
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
        code
        message
      }
    }
  }
`)

/** What is asked for shows at once, and is taken back where it is refused. */
export function OwnAgentRow({ agent }: { agent: ResultOf<typeof OwnAgentFragment> }) {
  const { name } = agent
  const [isRunning, setRunning] = useState(agent.isRunning)
  const [problem, setProblem] = useState<ReactNode>(null)
  const [, kill] = useMutation(KillOwnAgentMutation)
  const [, start] = useMutation(StartOwnAgentMutation)

  async function change() {
    setRunning(!isRunning)
    setProblem(null)
    const { data, error } = await (isRunning ? kill : start)({ name })
    const outcome = data?.outcome
    if (outcome?.__typename === 'OwnAgent') return
    setRunning(isRunning)
    setProblem(mutationProblem(outcome, error))
  }

  return (
    <li className={styles.agent}>
      <span className={styles.name}>{name}</span>
      <StatusBadge
        look={isRunning ? { word: msg('Runs'), tone: 'succeeded' } : { word: msg('Killed'), tone: 'failed' }}
      />
      {problem !== null && <span role="alert">{problem}</span>}
      <Button
        size="small"
        look={isRunning ? 'danger' : 'secondary'}
        aria-label={isRunning ? t('Kill {name}', { name }) : t('Start {name}', { name })}
        onClick={() => void change()}
      >
        {isRunning ? t('Kill') : t('Start')}
      </Button>
    </li>
  )
}
