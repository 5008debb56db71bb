import { useState, type FormEvent } from 'react'
import { useMutation } from 'urql'
import { basePath } from '../../base-path.ts'
import { Button } from '../../components/Button.tsx'
import { creationProblem } from '../../components/creation-problem.ts'
import { Notice } from '../../components/Notice.tsx'
import { ShownOnce } from '../../components/ShownOnce.tsx'
import { TextField } from '../../components/TextField.tsx'
import { graphql } from '../../graphql.ts'
import { t } from '../../language/t.ts'
import styles from './NewInvitation.module.css'

const CreateInvitationMutation = graphql(`
  mutation CreateInvitation($name: String!) {
    createInvitation(input: { name: $name }) {
      __typename
      ... on CreateInvitationPayload {
        token
        invitation {
          id
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

interface Props {
  /** Whether nobody can register without one. */
  isNeeded: boolean
  onCreated: () => void
}

/** Makes an invitation, and shows its link this once. */
export function NewInvitation({ isNeeded, onCreated }: Props) {
  const [name, setName] = useState('')
  const [token, setToken] = useState<string | null>(null)
  const [{ fetching, data, error }, create] = useMutation(CreateInvitationMutation)
  const result = data?.createInvitation

  async function onSubmit(event: FormEvent) {
    event.preventDefault()
    if (fetching) return
    const { data } = await create({ name })
    if (data?.createInvitation.__typename !== 'CreateInvitationPayload') return
    setToken(data.createInvitation.token)
    setName('')
    onCreated()
  }

  const problem = creationProblem(result, error)
  return (
    <>
      <form className={styles.form} onSubmit={(event) => void onSubmit(event)}>
        <TextField
          label={t('Whom to invite')}
          placeholder={t('for you to know it by')}
          autoComplete="off"
          value={name}
          onChange={(event) => setName(event.target.value)}
          hint={isNeeded ? undefined : t('Here everybody may register, also without one.')}
          error={problem.ofField}
        />
        <Button type="submit" isBusy={fetching}>
          {t('Create invitation')}
        </Button>
      </form>
      {problem.ofAll !== null && <Notice tone="error">{problem.ofAll}</Notice>}
      {token !== null && (
        <ShownOnce
          name={t('link')}
          text={`${location.origin}${basePath}/sign-up#${token}`}
          warning={t('This link is shown only now. It lets one person register, within a week.')}
          onClose={() => setToken(null)}
        />
      )}
    </>
  )
}
