import { MessagePage } from '../components/MessagePage.tsx'
import { t, tx } from '../language/t.ts'
import { Link } from '../routing/Link.tsx'

export function NotFoundPage() {
  return (
    <MessagePage title={t('There is no such page')}>
      <title>{t('Not found · Reckon')}</title>
      <p>
        {tx('The address may be mistyped. <link>Go to your expressions</link>', {
          link: (inside) => <Link to="/">{inside}</Link>,
        })}
      </p>
    </MessagePage>
  )
}
