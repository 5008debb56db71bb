import { AuditPage } from '../features/audit/AuditPage.tsx'
import { useIsAdmin } from '../transport/contexts.ts'
import { NotFoundPage } from './NotFoundPage.tsx'

/** For who is no admin, or is one no longer, there is no such page. */
export const AuditRoute = () => (useIsAdmin() ? <AuditPage /> : <NotFoundPage />)
