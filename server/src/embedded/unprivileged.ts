import { spawnSync } from 'node:child_process'
import { chownSync, statSync } from 'node:fs'
import process from 'node:process'

/** How to run PostgreSQL, which refuses to run as root, as whoever runs Reckon. */
export interface Unprivileged {
  /** The command line that runs `program` with the rights it accepts. */
  command(program: string, parameters: readonly string[]): readonly [string, ...string[]]
  /** For `spawn`. */
  readonly user: { readonly uid?: number; readonly gid?: number }
  /** Gives PostgreSQL a file, or a folder without what is in it. */
  own(file: string): void
  /** Gives PostgreSQL a folder with all that is in it. */
  ownAll(folder: string): void
}

/** The overflow user of Linux, `nobody`. */
const nobody = 65_534
const namespace = ['--user', `--map-user=${nobody}`, `--map-group=${nobody}`]

/**
 * An ordinary user runs PostgreSQL as itself. Root runs it in a user namespace of one process, which shows it another user
 * while all files stay root's, so that it works below a folder that only root may enter; where namespaces are forbidden
 * (as in most containers), it runs as `nobody`, who must be able to reach the folder.
 */
export function chooseUnprivileged(): Unprivileged {
  const isRoot = process.platform !== 'win32' && process.getuid?.() === 0
  if (!isRoot)
    return { command: (program, parameters) => [program, ...parameters], user: {}, own: () => {}, ownAll: () => {} }
  if (process.platform === 'linux' && spawnSync('unshare', [...namespace, 'true']).status === 0)
    return {
      command: (program, parameters) => ['unshare', ...namespace, program, ...parameters],
      user: {},
      ...owner(0),
    }
  return {
    command: (program, parameters) => [program, ...parameters],
    user: { uid: nobody, gid: nobody },
    ...owner(nobody),
  }
}

// A folder goes from one way to the other when it moves between a container and its host.
function owner(user: number): Pick<Unprivileged, 'own' | 'ownAll'> {
  return {
    own: (file) => chownSync(file, user, user),
    ownAll(folder) {
      if (statSync(folder).uid !== user) spawnSync('chown', ['-R', `${user}:${user}`, folder])
    },
  }
}
