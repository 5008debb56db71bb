/**
 * Prints `N passed, N failed` from vitest's own reports, after the names of the tests that failed or were skipped.
 * Usage: test-summary.ts (<report.json> <exit code of the test run>)… A run that failed without a failed test (a suite that
 * did not load, an unhandled error, no report at all) counts as one failure.
 */
import { readFileSync } from 'node:fs'
import process from 'node:process'

interface Report {
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly testResults: readonly {
    readonly name: string
    readonly status: string
    readonly message: string
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[]
  }[]
}

const nothing: Report = { numPassedTests: 0, numFailedTests: 0, testResults: [] }

function readReport(file: string): Report {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Report
  } catch (error) {
    console.log(`no test report: ${error instanceof Error ? error.message : String(error)}`)
    return nothing
  }
}

/** How many tests of one run passed and failed; says which did not pass. */
function countRun(file: string, exitCode: string): { readonly passed: number; readonly failed: number } {
  const report = readReport(file)
  let brokenSuites = 0
  for (const suite of report.testResults) {
    for (const test of suite.assertionResults) {
      if (test.status !== 'passed') console.log(`${test.status}: ${suite.name} > ${test.fullName}`)
    }
    const hasFailedTest = suite.assertionResults.some((test) => test.status === 'failed')
    if (suite.status === 'failed' && !hasFailedTest) {
      brokenSuites += 1
      console.log(`failed to run: ${suite.name}: ${suite.message}`)
    }
  }
  const passed = report.numPassedTests
  const failed = report.numFailedTests + brokenSuites
  if (failed > 0 || (exitCode === '0' && passed > 0)) return { passed, failed }
  console.log(`the test run of ${file} ended with exit code ${exitCode} and ${passed} passed tests`)
  return { passed, failed: 1 }
}

const runs = process.argv.slice(2)
let passed = 0
let failed = 0
for (let place = 0; place === 0 || place < runs.length; place += 2) {
  const run = countRun(runs[place] ?? '', runs[place + 1] ?? '1')
  passed += run.passed
  failed += run.failed
}
console.log(`${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1
