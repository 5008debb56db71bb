import { expect, it } from 'vitest'
import { Interests } from '../../src/realtime/bridge/interests.ts'

function grown(): Interests {
  const interests = new Interests()
  for (let round = 0; round < 3; round++) interests.age()
  return interests
}

it('knows what was told, by what it is', () => {
  const interests = grown()
  expect(interests.add('tasks', ['one', 'two'])).toEqual(['one', 'two'])
  expect(interests.add('tasks', ['two', 'three'])).toEqual(['three'])
  expect(interests.mayHave('tasks', 'two')).toBe(true)
  expect(interests.mayHave('expressions', 'two')).toBe(false)
})

it('forgets what is not told anew', () => {
  const interests = grown()
  interests.add('tasks', ['one', 'two'])
  interests.age()
  interests.age()
  interests.add('tasks', ['two'])
  interests.age()
  expect(interests.has('tasks', 'one')).toBe(false)
  expect(interests.has('tasks', 'two')).toBe(true)
})

it('takes everything for watched until the others had the time to tell, also after something may be lost', () => {
  const interests = new Interests()
  for (let life = 0; life < 2; life++) {
    for (let round = 0; round < 3; round++) {
      expect(interests.mayHave('expressions', 'any')).toBe(true)
      expect(interests.has('expressions', 'any')).toBe(false)
      interests.age()
    }
    expect(interests.mayHave('expressions', 'any')).toBe(false)
    interests.presumeAll()
  }
})
