import { fileURLToPath } from 'node:url'

/** The built program of a workspace. */
export const built = (workspace: 'server' | 'agent'): string =>
  fileURLToPath(new URL(`../../../../${workspace}/dist/main.js`, import.meta.url))
