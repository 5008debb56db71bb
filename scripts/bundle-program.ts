/** Bundles a program whole, with all that it imports, into one file that needs Node and nothing else. */
import { chmod, mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { build as bundle } from 'esbuild'

/** Unminified: who is asked to run it on their machine can read it. */
export async function bundleProgram(root: string, workspace: 'agent' | 'cli'): Promise<string> {
  const outfile = path.join(root, workspace, 'dist/main.js')
  const { outputFiles, metafile } = await bundle({
    absWorkingDir: root,
    entryPoints: [path.join(workspace, 'src/main.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    // What is there as modules of ES comes without what nobody imports of it: half a megabyte less.
    mainFields: ['module', 'main'],
    target: 'node20.19',
    sourcemap: true,
    // Those that are CommonJS ask for Node's own modules by `require`.
    banner: {
      js: "#!/usr/bin/env node\nimport { createRequire } from 'node:module'\nconst require = createRequire(import.meta.url)",
    },
    logLevel: 'warning',
    write: false,
    metafile: true,
  })
  await mkdir(path.dirname(outfile), { recursive: true })
  await Promise.all(outputFiles.map((file) => writeFile(file.path, file.contents)))
  await writeFile(outfile, await notices(root, Object.keys(metafile.inputs)), { flag: 'a' })
  await chmod(outfile, 0o755)
  return outfile
}

/** The licences of what is in the bundle, which go where it goes: as a comment. */
async function notices(root: string, inputs: readonly string[]): Promise<string> {
  const folders = new Set(inputs.flatMap((input) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input) ?? []))
  const texts = [...folders].sort().map(async (folder) => {
    const file = (await readdir(path.join(root, folder))).find((name) => /^licen[cs]e/i.test(name))
    if (file === undefined) throw new Error(`${folder} is bundled and has no file with its licence`)
    const name = folder.slice(folder.lastIndexOf('node_modules/') + 'node_modules/'.length)
    return `${name}\n\n${(await readFile(path.join(root, folder, file), 'utf8')).trim()}`
  })
  const own = await readFile(path.join(root, 'LICENSE'), 'utf8')
  const all = [`Reckon\n\n${own.trim()}`, ...(await Promise.all(texts))].join('\n\n---\n\n')
  return `\n/*\n${all.replaceAll('*/', '* /')}\n*/\n`
}
