import { useState, type FormEvent } from 'react'
import { useMutation } from 'urql'
import { Button } from '../../../components/Button.tsx'
import { creationProblem } from '../../../components/creation-problem.ts'
import { Notice } from '../../../components/Notice.tsx'
import { ShownOnce } from '../../../components/ShownOnce.tsx'
import { TextField } from '../../../components/TextField.tsx'
import { graphql } from '../../../graphql.ts'
import { t, tx } from '../../../language/t.ts'
import styles from './Webhooks.module.css'

const CreateWebhookMutation = graphql(`
  mutation CreateWebhook($input: CreateWebhookInput!) {
    createWebhook(input: $input) {
      __typename
      ... on CreateWebhookPayload {
        secret
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

/** Makes a webhook, and shows its secret this once. */
export function NewWebhook({ onCreated }: { onCreated: () => void }) {
  const [url, setUrl] = useState('')
  const [secret, setSecret] = useState<string | null>(null)
  const [{ fetching, data, error }, create] = useMutation(CreateWebhookMutation)
  const problem = creationProblem(data?.createWebhook, error)

  async function onSubmit(event: FormEvent) {
    event.preventDefault()
    if (fetching) return
    const { data } = await create({ input: { name: nameOf(url), url } })
    if (data?.createWebhook.__typename !== 'CreateWebhookPayload') return
    setSecret(data.createWebhook.secret)
    setUrl('')
    onCreated()
  }

  return (
    <>
      <form className={styles.form} onSubmit={(event) => void onSubmit(event)}>
        <TextField
          label={t('Address of a new webhook')}
          inputMode="url"
          autoComplete="off"
          value={url}
          onChange={(event) => setUrl(event.target.value)}
          error={problem.ofField}
        />
        <Button type="submit" isBusy={fetching}>
          {t('Create webhook')}
        </Button>
      </form>
      {problem.ofAll !== null && <Notice tone="error">{problem.ofAll}</Notice>}
      {secret !== null && (
        <ShownOnce
          name={t('secret')}
          text={secret}
          warning={t('This secret is shown only now. Copy it before you close this.')}
          onClose={() => setSecret(null)}
        >
          <p>
            {tx(
              'By it the receiver knows that what comes is from here. Each request is signed as <code>Standard Webhooks</code> has it: <code>webhook-signature</code> is the <code>HMAC-SHA256</code> of <code>webhook-id.webhook-timestamp.body</code>.',
              { code: (inside) => <code>{inside}</code> },
            )}
          </p>
        </ShownOnce>
      )}
    </>
  )
}

/** What people call it: the host, as long as nobody renames it. */
const nameOf = (url: string): string => (URL.canParse(url) ? new URL(url).host : '').slice(0, 100) || 'webhook'
