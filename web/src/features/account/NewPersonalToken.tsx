import { useState, type FormEvent } from 'react'
import { useMutation } from 'urql'
import { Button } from '../../components/Button.tsx'
import { creationProblem } from '../../components/creation-problem.ts'
import { Notice } from '../../components/Notice.tsx'
import { SegmentedControl } from '../../components/SegmentedControl.tsx'
import { ShownOnce } from '../../components/ShownOnce.tsx'
import { TextField } from '../../components/TextField.tsx'
import { graphql } from '../../graphql.ts'
import { shownOptions } from '../../language/shown-options.ts'
import { msg, t } from '../../language/t.ts'
import styles from './NewPersonalToken.module.css'

const CreatePersonalTokenMutation = graphql(`
  mutation CreatePersonalToken($input: CreatePersonalTokenInput!) {
    createPersonalToken(input: $input) {
      __typename
      ... on CreatePersonalTokenPayload {
        token
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

const lifetimes = [
  { value: '30', label: msg('For 30 days') },
  { value: '90', label: msg('For 90 days') },
  { value: '366', label: msg('For a year') },
] as const

type Lifetime = (typeof lifetimes)[number]['value']

interface Props {
  isAdmin: boolean
  onCreated: () => void
}

/** Makes a token, and shows it this once. */
export function NewPersonalToken({ isAdmin, onCreated }: Props) {
  const [name, setName] = useState('')
  const [mayWrite, setMayWrite] = useState(true)
  const [mayAdminister, setMayAdminister] = useState(false)
  const [lifetime, setLifetime] = useState<Lifetime>('90')
  const [secret, setSecret] = useState<string | null>(null)
  const [{ fetching, data, error }, create] = useMutation(CreatePersonalTokenMutation)
  const result = data?.createPersonalToken

  async function onSubmit(event: FormEvent) {
    event.preventDefault()
    if (fetching) return
    const scopes = [...(mayWrite ? ['SUBMIT' as const] : []), ...(isAdmin && mayAdminister ? ['ADMIN' as const] : [])]
    const { data } = await create({ input: { name, scopes, lifetimeDays: Number(lifetime) } })
    if (data?.createPersonalToken.__typename !== 'CreatePersonalTokenPayload') return
    setSecret(data.createPersonalToken.token)
    setName('')
    onCreated()
  }

  const problem = creationProblem(result, error)
  return (
    <>
      <form className={styles.form} onSubmit={(event) => void onSubmit(event)}>
        <TextField
          label={t('Name of a new token')}
          placeholder={t('such as the script it is for')}
          autoComplete="off"
          value={name}
          onChange={(event) => setName(event.target.value)}
          error={problem.ofField}
        />
        <div className={styles.options}>
          <span>{t('It reads what you see.')}</span>
          <Option label={t('It also submits, cancels, retries and deletes')} isOn={mayWrite} onChange={setMayWrite} />
          {isAdmin && (
            <Option label={t('It also does what admins do')} isOn={mayAdminister} onChange={setMayAdminister} />
          )}
        </div>
        <SegmentedControl
          label={t('Good for')}
          options={shownOptions(lifetimes)}
          value={lifetime}
          onChange={setLifetime}
        />
        <Button type="submit" isBusy={fetching}>
          {t('Create token')}
        </Button>
      </form>
      {problem.ofAll !== null && <Notice tone="error">{problem.ofAll}</Notice>}
      {secret !== null && (
        <ShownOnce
          name={t('token')}
          text={secret}
          warning={t('This token is shown only now. Copy it before you close this.')}
          onClose={() => setSecret(null)}
        >
          <p>{t('Send it as the header “Authorization: Bearer …”, or as the token of a WebSocket’s connection.')}</p>
        </ShownOnce>
      )}
    </>
  )
}

function Option(props: { label: string; isOn: boolean; onChange: (isOn: boolean) => void }) {
  return (
    <label className={styles.option}>
      <input type="checkbox" checked={props.isOn} onChange={(event) => props.onChange(event.target.checked)} />
      {props.label}
    </label>
  )
}
