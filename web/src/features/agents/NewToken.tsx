import { useState, type FormEvent } from 'react'
import { useMutation } from 'urql'
import { Button } from '../../components/Button.tsx'
import { creationProblem } from '../../components/creation-problem.ts'
import { Notice } from '../../components/Notice.tsx'
import { ShownOnce } from '../../components/ShownOnce.tsx'
import { TextField } from '../../components/TextField.tsx'
import { graphql } from '../../graphql.ts'
import { t } from '../../language/t.ts'
import styles from './NewToken.module.css'
import { StartAgent } from './StartAgent.tsx'
import { TokenRowFragment } from './TokenRow.tsx'

const CreateAgentTokenMutation = graphql(
  `
    mutation CreateAgentToken($name: String!) {
      createAgentToken(input: { name: $name }) {
        __typename
        ... on CreateAgentTokenPayload {
          token
          agentToken {
            id
            ...TokenRow_agentToken
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
  `,
  [TokenRowFragment],
)

/** Makes a token, and shows it this once. */
export function NewToken() {
  const [name, setName] = useState('')
  const [made, setMade] = useState<{ readonly secret: string; readonly name: string } | null>(null)
  const [{ fetching, data, error }, create] = useMutation(CreateAgentTokenMutation)
  const result = data?.createAgentToken

  async function onSubmit(event: FormEvent) {
    event.preventDefault()
    if (fetching) return
    const { data } = await create({ name })
    if (data?.createAgentToken.__typename !== 'CreateAgentTokenPayload') return
    setMade({ secret: data.createAgentToken.token, name: name.trim() })
    setName('')
  }

  const problem = creationProblem(result, error)
  return (
    <>
      <form className={styles.form} onSubmit={(event) => void onSubmit(event)}>
        <TextField
          label={t('Name of a new token')}
          placeholder={t('such as the machine it is for')}
          autoComplete="off"
          value={name}
          onChange={(event) => setName(event.target.value)}
          error={problem.ofField}
        />
        <Button type="submit" isBusy={fetching}>
          {t('Create token')}
        </Button>
      </form>
      {problem.ofAll !== null && <Notice tone="error">{problem.ofAll}</Notice>}
      {made !== null && (
        <ShownOnce
          key={made.secret}
          name={t('token')}
          text={made.secret}
          warning={t('This token is shown only now. Copy it before you close this.')}
          onClose={() => setMade(null)}
        >
          <StartAgent secret={made.secret} tokenName={made.name} />
        </ShownOnce>
      )}
    </>
  )
}
