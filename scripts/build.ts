/** Bundles the server, the agent and the command line for Node, and the page for browsers. Types are checked apart, by `npm run typecheck`. */
import { chmod, readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { build as bundle } from 'esbuild'
import { build as buildPage, type Plugin } from 'vite'
import { bundleProgram } from './bundle-program.ts'
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

/** Puts a program among the page's files, so that the server hands it out. */
const handOut = (fileName: string, program: string): Plugin => ({
  name: fileName,
  async generateBundle() {
    this.emitFile({ type: 'asset', fileName, source: await readFile(program, 'utf8') })
  },
})

// What start.mjs goes by: from here on what is built is of no sources that it knows.
await rm(path.join(root, 'server/dist/built-from'), { force: true })
await generate()
const [agent, cli] = await Promise.all([bundleProgram(root, 'agent'), bundleProgram(root, 'cli')])
await Promise.all([
  buildProgram('server'),
  buildProgram('server', 'guardian'),
  buildProgram('server', 'planning', 'planning/thread'),
  buildPage({
    root: path.join(root, 'web'),
    logLevel: 'warn',
    plugins: [handOut('reckon-agent.mjs', agent), handOut('reckon.mjs', cli)],
    // How long plugins take is told as a warning, on a busy machine, to people who only wanted to start it.
    build: { rolldownOptions: { checks: { bundlerTimings: false } } },
  }),
])
