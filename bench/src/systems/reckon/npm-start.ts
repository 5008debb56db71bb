import { homedir } from 'node:os'
import { fileURLToPath } from 'node:url'
import { embeddedUrl } from '../../../../web/test/browser/support/seed.ts'
import type { Ledger } from '../../load/ledger.ts'
import type { CleanUp } from '../../processes/clean-up.ts'
import { freePort } from '../../processes/free-port.ts'
import { startProgram } from '../../processes/program.ts'
import { temporaryFolder } from '../../processes/temporary-folder.ts'
import type { StartUp } from '../start-up.ts'

const root = fileURLToPath(new URL('../../../../', import.meta.url))

/** `npm start` with all its defaults but the port and the folder. */
export const npmStart = (ledger: Ledger, cleanUp: CleanUp): StartUp => ({
  async start() {
    const port = await freePort()
    const folder = await temporaryFolder(cleanUp)
    const program = await startProgram({
      command: ['npm', '--prefix', root, 'start'],
      environment: { HOME: homedir(), RECKON_DATA: folder, PORT: String(port) },
      ready: /Reckon is ready/,
      onLost: (error) => ledger.break(error),
    })
    cleanUp.add(() => program.stop())
    return {
      address: `http://localhost:${port}/`,
      databaseUrl: embeddedUrl(folder),
      stop: () => program.stop(),
    }
  },
})
