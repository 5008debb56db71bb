import { useState } from 'react'
import { useMutation, useQuery } from 'urql'
import { basePath } from '../../../base-path.ts'
import { Button } from '../../../components/Button.tsx'
import { creationProblem } from '../../../components/creation-problem.ts'
import { Notice } from '../../../components/Notice.tsx'
import { SegmentedControl } from '../../../components/SegmentedControl.tsx'
import { ShownOnce } from '../../../components/ShownOnce.tsx'
import { useNow } from '../../../components/useNow.ts'
import { graphql, readFragment } from '../../../graphql.ts'
import { shownOptions } from '../../../language/shown-options.ts'
import { msg, t } from '../../../language/t.ts'
import styles from './ShareLinks.module.css'
import { ShareLinkRow, ShareLinkRowFragment } from './ShareLinkRow.tsx'

const ShareLinksQuery = graphql(
  `
    query ShareLinks($id: ID!) {
      expression(id: $id) {
        id
        shareLinks {
          id
          ...ShareLinkRow_shareLink
        }
      }
    }
  `,
  [ShareLinkRowFragment],
)

const CreateShareLinkMutation = graphql(`
  mutation CreateShareLink($input: CreateShareLinkInput!) {
    createShareLink(input: $input) {
      __typename
      ... on CreateShareLinkPayload {
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
  { value: '24', label: msg('For a day') },
  { value: '720', label: msg('For 30 days') },
  { value: 'always', label: msg('Until revoked') },
] as const

type Lifetime = (typeof lifetimes)[number]['value']

/** Makes links by which anybody watches an expression, and takes them back. */
export function ShareLinks({ id }: { id: string }) {
  const [{ data, error }, refetch] = useQuery({
    query: ShareLinksQuery,
    variables: { id },
    requestPolicy: 'cache-and-network',
  })
  const [lifetime, setLifetime] = useState<Lifetime>('720')
  const [token, setToken] = useState<string | null>(null)
  const [made, create] = useMutation(CreateShareLinkMutation)
  const now = useNow()
  const problem = creationProblem(made.data?.createShareLink, made.error)
  const sentence = problem.ofField ?? problem.ofAll
  const links = readFragment(ShareLinkRowFragment, data?.expression?.shareLinks ?? [])
  const good = links.filter(
    ({ revokedAt, expiresAt }) => revokedAt === null && (expiresAt === null || Date.parse(expiresAt) > now),
  )

  async function onCreate() {
    const lifetimeHours = lifetime === 'always' ? null : Number(lifetime)
    const { data } = await create({ input: { expressionId: id, lifetimeHours } })
    if (data?.createShareLink.__typename !== 'CreateShareLinkPayload') return
    setToken(data.createShareLink.token)
    refetch({ requestPolicy: 'network-only' })
  }

  return (
    <section className={styles.links} aria-label={t('Share')}>
      <p>
        {t('Whoever has a link watches this expression, and sees nothing else of yours. They cannot change anything.')}
      </p>
      <div className={styles.making}>
        <SegmentedControl
          label={t('Good for')}
          options={shownOptions(lifetimes)}
          value={lifetime}
          onChange={setLifetime}
        />
        <Button size="small" look="primary" isBusy={made.fetching} onClick={() => void onCreate()}>
          {t('Make a link')}
        </Button>
      </div>
      {sentence != null && <Notice tone="error">{sentence}</Notice>}
      {token !== null && (
        <ShownOnce
          key={token}
          name={t('link')}
          text={`${location.origin}${basePath}/shared#${token}`}
          warning={t('This link is shown only now.')}
          onClose={() => setToken(null)}
        />
      )}
      {error && !data && <Notice tone="error">{t('The links could not be loaded.')}</Notice>}
      {good.length > 0 && (
        <ul aria-label={t('Links')}>
          {good.map((link) => (
            <ShareLinkRow key={link.id} link={link} />
          ))}
        </ul>
      )}
    </section>
  )
}
