import { Link } from 'react-router'
import { MessagePage } from '../components/MessagePage.tsx'

export function NotFoundPage() {
  return (
    <MessagePage title="There is no such page">
      <title>Not found · Reckon</title>
      <p>
        The address may be mistyped. <Link to="/">Go to your expressions</Link>
      </p>
    </MessagePage>
  )
}
