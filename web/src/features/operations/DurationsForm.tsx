import { useState, type FormEvent, type ReactNode } from 'react'
import { useMutation } from 'urql'
import { Button } from '../../components/Button.tsx'
import { Notice } from '../../components/Notice.tsx'
import { noDataText, serverText } from '../../components/server-text.tsx'
import { graphql } from '../../graphql.ts'
import { t } from '../../language/t.ts'
import { DurationInput } from './DurationInput.tsx'
import styles from './DurationsForm.module.css'
import { OperationGroups } from './OperationGroups.tsx'
import { changedDurations, problemsByName, unsentDrafts, type Drafts, type Duration } from './duration-drafts.ts'

const SetOperationDurationsMutation = graphql(`
  mutation SetOperationDurations($durations: [OperationDurationInput!]!) {
    setOperationDurations(input: { durations: $durations }) {
      __typename
      ... on SetOperationDurationsPayload {
        operations {
          id
          version
          name
          durationMs
          updatedAt
        }
      }
      ... on Error {
        code
        message
      }
      ... on InvalidInputError {
        fields {
          path
          message
        }
      }
    }
  }
`)

interface Props<Operation> {
  operations: readonly Operation[]
  children: (operation: Operation, input: ReactNode) => ReactNode
}

/** Sets the durations, those that were changed and no others: another admin may be at the rest. */
export function DurationsForm<Operation extends Duration & { id: string }>(props: Props<Operation>) {
  const { operations, children } = props
  const [drafts, setDrafts] = useState<Drafts>({})
  const [{ fetching, data, error }, setDurations] = useMutation(SetOperationDurationsMutation)
  const [sent, setSent] = useState<readonly Duration[]>([])
  const changed = changedDurations(operations, drafts)

  async function onSubmit(event: FormEvent) {
    event.preventDefault()
    if (changed.length === 0 || fetching) return
    setSent(changed)
    const { data } = await setDurations({ durations: changed })
    if (data?.setOperationDurations.__typename === 'SetOperationDurationsPayload')
      setDrafts((latest) => unsentDrafts(latest, drafts))
  }

  const result = data?.setOperationDurations
  const problems = result?.__typename === 'InvalidInputError' ? problemsByName(result.fields, sent) : {}
  const problem =
    error !== undefined
      ? noDataText(error, t('The server did not answer. Nothing may have been changed.'))
      : Object.keys(problems).length > 0
        ? t('Nothing was saved. Please mend what is marked.')
        : result && 'message' in result
          ? serverText(result)
          : null

  return (
    <form className={styles.form} onSubmit={(event) => void onSubmit(event)} noValidate>
      <OperationGroups operations={operations}>
        {(operation) =>
          children(
            operation,
            <DurationInput
              name={operation.name}
              draft={drafts[operation.name] ?? String(operation.durationMs)}
              problem={problems[operation.name]}
              onChange={(draft) => setDrafts((latest) => ({ ...latest, [operation.name]: draft }))}
            />,
          )
        }
      </OperationGroups>
      <footer className={styles.footer}>
        {problem !== null ? (
          <Notice tone="error">{problem}</Notice>
        ) : (
          <p className={styles.state} role="status">
            {changed.length > 0 ? t('Not saved yet') : result ? t('Saved. All agents go by it from now on.') : ''}
          </p>
        )}
        <Button disabled={Object.keys(drafts).length === 0} onClick={() => setDrafts({})}>
          {t('Discard')}
        </Button>
        <Button type="submit" look="primary" disabled={changed.length === 0} isBusy={fetching}>
          {t('Save durations')}
        </Button>
      </footer>
    </form>
  )
}
