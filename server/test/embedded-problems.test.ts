import { describe, expect, it } from 'vitest'
import { locateBinaries } from '../src/embedded/binaries.ts'
import {
  describeEmbeddedProblem,
  EmbeddedFailure,
  type EmbeddedProblem,
  problemFromFileError,
  problemFromOutput,
} from '../src/embedded/problem.ts'

const directory = '/data'

describe('what PostgreSQL writes before it gives up', () => {
  const cases: [string, string, EmbeddedProblem['kind']][] = [
    ['a full disk', 'initdb: error: could not write to file "pg_wal/xlogtemp.9": No space left on device', 'disk-full'],
    [
      'a disk that fills up',
      'FATAL: could not extend file: wrote only 4096 of 8192 bytes\nHINT:  Check free disk space.',
      'disk-full',
    ],
    ['a spent quota', 'FATAL:  could not extend file "base/1/2": Disk quota exceeded', 'disk-full'],
    [
      'a missing library',
      'postgres: error while loading shared libraries: libicuuc.so.60: cannot open shared object file',
      'binaries-unusable',
    ],
    ['a forbidden folder', 'initdb: error: could not access directory "/root/x": Permission denied', 'not-writable'],
    ['anything else', 'FATAL:  unrecognized configuration parameter "x"', 'failed'],
  ]
  it.each(cases)('is read as %s', (_name, output, kind) => {
    expect(problemFromOutput('postgres', directory, output).kind).toBe(kind)
  })

  it('is shown from its end', () => {
    const output = Array.from({ length: 100 }, (_, line) => `line ${line}`).join('\n')
    const text = describeEmbeddedProblem(problemFromOutput('initdb', directory, output))
    expect(text).toContain('line 99')
    expect(text).not.toContain('line 50')
  })
})

describe('an error of the file system', () => {
  const error = (code: string) => Object.assign(new Error(`${code}: it failed`), { code })

  it('is a problem where whoever runs Reckon can mend it', () => {
    expect(problemFromFileError(directory, error('ENOSPC'))).toEqual({ kind: 'disk-full', directory })
    expect(problemFromFileError(directory, error('EROFS'))).toMatchObject({ kind: 'not-writable', directory })
  })

  it('is a bug otherwise', () => {
    expect(problemFromFileError(directory, error('EBADF'))).toBeUndefined()
    expect(problemFromFileError(directory, new TypeError('undefined is not a function'))).toBeUndefined()
  })
})

describe('locateBinaries', () => {
  it('names a platform that has none, and what to do', () => {
    const locate = () => locateBinaries('plan9-riscv64')
    expect(locate).toThrow(EmbeddedFailure)
    expect(locate).toThrow('There is no embedded PostgreSQL for plan9-riscv64: set DATABASE_URL')
  })
})

describe('describeEmbeddedProblem', () => {
  it('names the folder, and a way out', () => {
    const problems: EmbeddedProblem[] = [
      { kind: 'damaged', directory, reason: 'data/PG_VERSION is missing' },
      { kind: 'other-version', directory, found: 15, expected: 18 },
      { kind: 'in-use', directory, by: 'another reckon (process 7)' },
      { kind: 'disk-full', directory },
      { kind: 'not-writable', directory, reason: 'EACCES' },
    ]
    for (const problem of problems) {
      expect(describeEmbeddedProblem(problem)).toContain(`folder ${directory}`)
      expect(describeEmbeddedProblem(problem)).toContain('DATABASE_URL')
    }
  })
})
