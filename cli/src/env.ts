import { homedir } from 'node:os'
import path from 'node:path'

/** What the environment says. An empty variable counts as one that is not set. */
export interface Environment {
  readonly server: string | undefined
  readonly token: string | undefined
  /** Where tokens of `reckon login` are kept. */
  readonly configFolder: string
  /** See https://no-color.org. */
  readonly noColor: boolean
  /** A terminal that cannot move its cursor, such as an editor's. */
  readonly isDumb: boolean
  /** Whether the terminal takes characters beyond ASCII. */
  readonly isUtf8: boolean
  readonly isDebugging: boolean
}

export function readEnvironment(
  variables: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
): Environment {
  const set = (name: string) => variables[name] || undefined
  // Of POSIX: the first of them that is set decides. Windows has none of them, and terminals that take UTF-8.
  const locale = set('LC_ALL') ?? set('LC_CTYPE') ?? set('LANG') ?? (platform === 'win32' ? 'UTF-8' : '')
  return {
    server: set('RECKON_URL'),
    token: set('RECKON_TOKEN'),
    configFolder: path.join(set('XDG_CONFIG_HOME') ?? path.join(homedir(), '.config'), 'reckon'),
    noColor: set('NO_COLOR') !== undefined,
    isDumb: set('TERM') === 'dumb',
    isUtf8: /utf-?8/i.test(locale),
    isDebugging: set('RECKON_DEBUG') !== undefined,
  }
}
