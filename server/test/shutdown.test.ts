import { describe, expect, it } from 'vitest'
import { Shutdown } from '../src/shutdown.ts'

describe('Shutdown', () => {
  it('stops what was started, the last first, and all of it where one fails', async () => {
    const stopped: string[] = []
    const shutdown = new Shutdown()
    shutdown.add(() => stopped.push('database'))
    shutdown.add(() => Promise.reject(new Error('it does not stop')))
    shutdown.add(() => stopped.push('agents'))
    await expect(shutdown.stop()).rejects.toThrow('it does not stop')
    expect(stopped).toEqual(['agents', 'database'])
  })

  it('waits for what is being started when it is asked to stop, stops it, and starts nothing more', async () => {
    const events: string[] = []
    const shutdown = new Shutdown()
    let begin = () => {}
    const begun = new Promise<void>((resolve) => (begin = resolve))
    const starting = shutdown.start(async () => {
      await begun
      events.push('started')
      shutdown.add(() => events.push('stopped'))
      return 'part'
    })
    const stopping = shutdown.stop()
    begin()
    expect(await starting).toBeNull()
    await stopping
    expect(await shutdown.start(() => Promise.resolve(events.push('started too late')))).toBeNull()
    expect(events).toEqual(['started', 'stopped'])
  })

  it('stops the rest where what is being started fails', async () => {
    const events: string[] = []
    const shutdown = new Shutdown()
    shutdown.add(() => events.push('stopped'))
    const starting = shutdown.start(() => Promise.reject(new Error('it does not start')))
    const stopping = shutdown.stop()
    await expect(starting).rejects.toThrow('it does not start')
    await stopping
    expect(events).toEqual(['stopped'])
  })
})
