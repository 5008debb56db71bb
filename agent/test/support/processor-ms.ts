/** What work takes of this process, in milliseconds, whatever else the machine does meanwhile. */
export function processorMs(work: () => void): number {
  const before = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1_000
}
