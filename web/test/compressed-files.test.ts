/// <reference types="node" />
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { expect, test, onTestFinished } from 'vitest'
import { compressFiles } from '../build/compressed-files.ts'

test('files of the page stand beside what they are compressed, unless that is larger', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'reckon-page-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const script = 'let nothing\n'.repeat(100)
  await mkdir(path.join(folder, 'assets'))
  await writeFile(path.join(folder, 'assets/index.js'), script)
  await writeFile(path.join(folder, 'tiny.txt'), 'x')

  await compressFiles(folder)

  expect((await readdir(folder, { recursive: true })).sort()).toEqual([
    'assets',
    path.join('assets', 'index.js'),
    path.join('assets', 'index.js.br'),
    path.join('assets', 'index.js.gz'),
    'tiny.txt',
  ])
  const read = (name: string) => readFile(path.join(folder, 'assets', name))
  expect(String(brotliDecompressSync(await read('index.js.br')))).toBe(script)
  expect(String(gunzipSync(await read('index.js.gz')))).toBe(script)
})
