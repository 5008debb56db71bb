import { spawnSync } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'
import process from 'node:process'

/** How to run PostgreSQL, which refuses to run as root, as whoever runs Reckon. */
export interface Unprivileged {
  /** The command line that runs `program` with the rights it accepts. */
  command(program: string, parameters: readonly string[]): readonly [string, ...string[]]
  /** For `spawn`. */
  readonly user: { readonly uid?: number; readonly gid?: number }
  /** Gives PostgreSQL the files at and below `file`. */
  own(file: string): void
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
  if (!isRoot) return { command: (program, parameters) => [program, ...parameters], user: {}, own: () => {} }
  if (process.platform === 'linux' && spawnSync('unshare', [...namespace, 'true']).status === 0)
    return {
      command: (program, parameters) => ['unshare', ...namespace, program, ...parameters],
      user: {},
      own: (file) => changeOwner(file, 0),
    }
  return {
    command: (program, parameters) => [program, ...parameters],
    user: { uid: nobody, gid: nobody },
    own: (file) => changeOwner(file, nobody),
  }
}

// A folder goes from one way to the other when it moves between a container and its host.
function changeOwner(file: string, user: number): void {
  if (!existsSync(file) || statSync(file).uid === user) return
  spawnSync('chown', ['-R', `${user}:${user}`, file])
}
