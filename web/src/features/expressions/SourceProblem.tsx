import { Button } from '../../components/Button.tsx'
import { serverText } from '../../components/server-text.tsx'
import { graphql, readFragment, type FragmentOf } from '../../graphql.ts'
import { t, tx } from '../../language/t.ts'
import styles from './SourceProblem.module.css'

export const SourceProblemFragment = graphql(`
  fragment SourceProblem_error on Error {
    __typename
    code
    message
    ... on ExpressionSyntaxError {
      position
      length
      suggestion
    }
    ... on ExpressionLimitError {
      position
      length
    }
  }
`)

type Problem = FragmentOf<typeof SourceProblemFragment>

interface Props {
  problem: Problem
  onFix: (source: string) => void
}

/** What is wrong with a source, and a way to mend it where there is one. */
export function SourceProblem({ problem, onFix }: Props) {
  const error = readFragment(SourceProblemFragment, problem)
  const suggestion = error.__typename === 'ExpressionSyntaxError' ? error.suggestion : null
  return (
    <div className={styles.problem}>
      <p>
        {'position' in error && (
          <span className={styles.place}>{t('Character {number}:', { number: error.position + 1 })} </span>
        )}
        {serverText({ message: error.message, code: error.code })}
      </p>
      {suggestion !== null && (
        <Button size="small" onClick={() => onFix(suggestion)}>
          {tx('Use\u00a0{source}', { source: <code className={styles.suggestion}>{suggestion}</code> })}
        </Button>
      )}
    </div>
  )
}

/** Where the offending text stands; null for an error that is about no place in the source. */
export function spanOf(problem: Problem): { position: number; length: number } | null {
  const error = readFragment(SourceProblemFragment, problem)
  return 'position' in error ? { position: error.position, length: error.length } : null
}
