import { t, tx } from '../language/t.ts'
import { Ago } from './Ago.tsx'

/** When a token was last used, if ever. */
export function LastUse({ at }: { at: string | null }) {
  return at === null ? t('never used') : tx('used {when}', { when: <Ago at={at} /> })
}
