import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { CleanUp } from './clean-up.ts'

/** A folder below TMPDIR, which should be on the disk that is to be measured: each commit waits for it. */
export async function temporaryFolder(cleanUp: CleanUp): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'reckon-bench-'))
  cleanUp.add(() => rm(folder, { recursive: true, force: true }))
  return folder
}
