import { Ago } from './Ago.tsx'

/** When a token was last used, if ever. */
export function LastUse({ at }: { at: string | null }) {
  return at === null ? (
    'never used'
  ) : (
    <>
      used <Ago at={at} />
    </>
  )
}
