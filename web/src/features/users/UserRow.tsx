import { useMutation } from 'urql'
import { Ago } from '../../components/Ago.tsx'
import { Button } from '../../components/Button.tsx'
import { mutationProblem } from '../../components/mutation-problem.ts'
import { graphql, readFragment, type FragmentOf } from '../../graphql.ts'
import { t, tx } from '../../language/t.ts'
import { useSession, useSessionState } from '../../transport/contexts.ts'
import { ResetLink } from './ResetLink.tsx'
import { UserAccess } from './UserAccess.tsx'
import styles from './UserRow.module.css'

export const UserRowFragment = graphql(`
  fragment UserRow_user on User {
    id
    version
    email
    role
    createdAt
    disabledAt
  }
`)

const SetUserRoleMutation = graphql(`
  mutation SetUserRole($input: SetUserRoleInput!) {
    setUserRole(input: $input) {
      __typename
      ... on User {
        id
        version
        role
      }
      ... on Error {
        code
        message
      }
    }
  }
`)

export function UserRow(props: { user: FragmentOf<typeof UserRowFragment> }) {
  const { id, email, role, createdAt, disabledAt } = readFragment(UserRowFragment, props.user)
  const session = useSession()
  const state = useSessionState()
  const isSelf = state.status === 'signed-in' && state.user.id === id
  const [{ fetching, data, error }, setRole] = useMutation(SetUserRoleMutation)
  const result = data?.setUserRole
  const problem = mutationProblem(result, error)
  const other = role === 'ADMIN' ? 'USER' : 'ADMIN'

  async function change() {
    await setRole({ input: { userId: id, role: other } })
    // What one may do oneself comes with the session.
    if (isSelf) await session.refresh()
  }

  return (
    <li className={styles.row}>
      <span className={styles.email}>
        {email} {isSelf && <span className={styles.self}>{t('(you)')}</span>}
      </span>
      <span className={styles.role} data-admin={role === 'ADMIN' || undefined}>
        {disabledAt !== null ? t('Disabled') : role === 'ADMIN' ? t('Admin') : t('User')}
      </span>
      <span className={styles.created}>{tx('since {when}', { when: <Ago at={createdAt} /> })}</span>
      <div className={styles.actions}>
        <Button
          size="small"
          aria-label={other === 'ADMIN' ? t('Make {email} an admin', { email }) : t('Make {email} a user', { email })}
          isBusy={fetching}
          onClick={() => void change()}
        >
          {other === 'ADMIN' ? t('Make admin') : t('Make user')}
        </Button>
        {/* One's own password is changed on the page of one's account, and nobody is to lock themselves out. */}
        {!isSelf && disabledAt === null && <ResetLink id={id} email={email} />}
        {!isSelf && <UserAccess id={id} email={email} isDisabled={disabledAt !== null} />}
      </div>
      {problem !== null && (
        <p className={styles.problem} role="alert">
          {problem}
        </p>
      )}
    </li>
  )
}
