import { useState, type FormEvent } from 'react'
import { useMutation } from 'urql'
import { Button } from '../../components/Button.tsx'
import { Notice } from '../../components/Notice.tsx'
import { SecretText } from '../../components/SecretText.tsx'
import { TextField } from '../../components/TextField.tsx'
import { graphql } from '../../graphql.ts'
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

  const nameProblem =
    result?.__typename === 'InvalidInputError' ? (result.fields[0]?.message ?? result.message) : undefined
  const problem = error ? 'The server did not answer.' : result && 'message' in result ? result.message : null
  return (
    <>
      <form className={styles.form} onSubmit={(event) => void onSubmit(event)}>
        <TextField
          label="Whom to invite"
          placeholder="for you to know it by"
          autoComplete="off"
          value={name}
          onChange={(event) => setName(event.target.value)}
          hint={isNeeded ? undefined : 'Here everybody may register, also without one.'}
          error={nameProblem}
        />
        <Button type="submit" isBusy={fetching}>
          Create invitation
        </Button>
      </form>
      {problem !== null && nameProblem === undefined && <Notice tone="error">{problem}</Notice>}
      {token !== null && (
        <div className={styles.secret} role="status">
          <p className={styles.warning}>This link is shown only now. It lets one person register, within a week.</p>
          <SecretText name="link" text={`${location.origin}/sign-up#${token}`} />
          <div>
            <Button size="small" onClick={() => setToken(null)}>
              Done
            </Button>
          </div>
        </div>
      )}
    </>
  )
}
