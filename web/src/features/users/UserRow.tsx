import { useMutation } from 'urql'
import { Ago } from '../../components/Ago.tsx'
import { Button } from '../../components/Button.tsx'
import { graphql, readFragment, type FragmentOf } from '../../graphql.ts'
import { useSession, useSessionState } from '../../transport/contexts.ts'
import styles from './UserRow.module.css'

export const UserRowFragment = graphql(`
  fragment UserRow_user on User {
    id
    version
    email
    role
    createdAt
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
        message
      }
    }
  }
`)

export function UserRow(props: { user: FragmentOf<typeof UserRowFragment> }) {
  const { id, email, role, createdAt } = readFragment(UserRowFragment, props.user)
  const session = useSession()
  const state = useSessionState()
  const isSelf = state.status === 'signed-in' && state.user.id === id
  const [{ fetching, data, error }, setRole] = useMutation(SetUserRoleMutation)
  const result = data?.setUserRole
  const problem = error ? 'The server did not answer.' : result && 'message' in result ? result.message : null
  const other = role === 'ADMIN' ? 'USER' : 'ADMIN'

  async function change() {
    await setRole({ input: { userId: id, role: other } })
    // What one may do oneself comes with the session.
    if (isSelf) await session.refresh()
  }

  return (
    <li className={styles.row}>
      <span className={styles.email}>
        {email} {isSelf && <span className={styles.self}>(you)</span>}
      </span>
      <span className={styles.role} data-admin={role === 'ADMIN' || undefined}>
        {role === 'ADMIN' ? 'Admin' : 'User'}
      </span>
      <span className={styles.created}>
        since <Ago at={createdAt} />
      </span>
      <Button
        size="small"
        aria-label={`Make ${email} ${other === 'ADMIN' ? 'an admin' : 'a user'}`}
        isBusy={fetching}
        onClick={() => void change()}
      >
        {other === 'ADMIN' ? 'Make admin' : 'Make user'}
      </Button>
      {problem !== null && (
        <p className={styles.problem} role="alert">
          {problem}
        </p>
      )}
    </li>
  )
}
