import { t } from '../../language/t.ts'

/** The first that is found counts: browsers name each other in what they call themselves. */
const browsers = [
  ['Edg/', 'Edge'],
  ['OPR/', 'Opera'],
  ['Firefox/', 'Firefox'],
  ['Chrome/', 'Chrome'],
  ['Safari/', 'Safari'],
] as const

const systems = [
  ['Windows', 'Windows'],
  ['Android', 'Android'],
  ['iPhone', 'iPhone'],
  ['iPad', 'iPad'],
  ['Mac OS X', 'macOS'],
  ['CrOS', 'ChromeOS'],
  ['Linux', 'Linux'],
] as const

/** What people call a client, by its `User-Agent`; a program's own word where it is no browser. */
export function deviceName(userAgent: string | null): string {
  if (userAgent === null || userAgent.trim() === '') return t('An unknown device')
  const find = (names: readonly (readonly [string, string])[]) => names.find(([part]) => userAgent.includes(part))?.[1]
  const [browser, system] = [find(browsers), find(systems)]
  if (!userAgent.startsWith('Mozilla/') || browser === undefined) return userAgent.slice(0, 40)
  return system === undefined ? browser : t('{browser} on {system}', { browser, system })
}
