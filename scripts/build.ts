/** Bundles the server and the agent for Node, and the page for browsers. Types are checked apart, by `npm run typecheck`. */
import { chmod, readFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { build as bundle } from 'esbuild'
import { build as buildPage, type Plugin } from 'vite'
import { buildAgent } from './build-agent.ts'
import { generate } from './generate.ts'

const root = fileURLToPath(new URL('..', import.meta.url))

async function buildProgram(workspace: string, name = 'main', entry = name): Promise<void> {
  const outfile = path.join(root, workspace, `dist/${name}.js`)
  await bundle({
    entryPoints: [path.join(root, workspace, `src/${entry}.ts`)],
    outfile,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20.19',
    sourcemap: true,
    banner: { js: '#!/usr/bin/env node' },
    logLevel: 'warning',
  })
  await chmod(outfile, 0o755)
}

/** Puts the agent among the page's files, so that the server hands it out. */
const handOut = (agent: string): Plugin => ({
  name: 'agent-file',
  async generateBundle() {
    this.emitFile({ type: 'asset', fileName: 'reckon-agent.mjs', source: await readFile(agent, 'utf8') })
  },
})

await generate()
const agent = await buildAgent(root)
await Promise.all([
  buildProgram('server'),
  buildProgram('server', 'guardian'),
  buildProgram('server', 'planning', 'planning/thread'),
  buildPage({
    root: path.join(root, 'web'),
    logLevel: 'warn',
    plugins: [handOut(agent)],
    // How long plugins take is told as a warning, on a busy machine, to people who only wanted to start it.
    build: { rolldownOptions: { checks: { bundlerTimings: false } } },
  }),
])
