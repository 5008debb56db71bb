import { readEnvironment, type Environment } from '../../src/env.ts'

/** The server's environment with its defaults, but for what a test says. */
export function testEnvironment(variables: Readonly<Record<string, string>> = {}): Environment {
  const outcome = readEnvironment({ NODE_ENV: 'test', HOST: '127.0.0.1', PORT: '0', ...variables })
  if (outcome.kind === 'invalid') throw new Error(outcome.problems.join('; '))
  return outcome.environment
}
