import { useMutation } from 'urql'
import { ConfirmedButton } from '../../components/ConfirmedButton.tsx'
import { GrantRow } from '../../components/GrantRow.tsx'
import { LastUse } from '../../components/LastUse.tsx'
import { mutationProblem } from '../../components/mutation-problem.ts'
import { graphql, readFragment, type FragmentOf } from '../../graphql.ts'
import { t } from '../../language/t.ts'
import { deviceName } from './device-name.ts'

export const SessionRowFragment = graphql(`
  fragment SessionRow_session on Session {
    id
    device
    address
    lastUsedAt
    isCurrent
  }
`)

const EndSessionMutation = graphql(`
  mutation EndSession($id: ID!) {
    endSession(input: { id: $id }) {
      __typename
      ... on EndSessionPayload {
        endedId
      }
      ... on Error {
        code
        message
      }
    }
  }
`)

interface Props {
  session: FragmentOf<typeof SessionRowFragment>
  onEnded: () => void
}

export function SessionRow({ session, onEnded }: Props) {
  const { id, device, address, lastUsedAt, isCurrent } = readFragment(SessionRowFragment, session)
  const [{ fetching, data, error }, end] = useMutation(EndSessionMutation)
  const result = data?.endSession
  const problem = mutationProblem(result, error)
  const name = deviceName(device)

  async function onConfirm() {
    const { data } = await end({ id })
    if (data?.endSession.__typename === 'EndSessionPayload') onEnded()
  }

  return (
    <GrantRow
      name={isCurrent ? t('{name} (this one)', { name }) : name}
      details={
        <>
          {address !== null && `${t('from {address}', { address })} · `}
          <LastUse at={lastUsedAt} />
        </>
      }
      action={
        isCurrent ? null : (
          <ConfirmedButton
            action={t('Sign out')}
            object={t('{name}, from {address}', { name, address: address ?? t('an unknown address') })}
            question={t('Sign it out?')}
            problem={problem}
            isBusy={fetching}
            onConfirm={() => void onConfirm()}
          />
        )
      }
      end={null}
    />
  )
}
