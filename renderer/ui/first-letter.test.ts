import { expect, it } from 'vitest'
import { firstLetter } from './first-letter.ts'

it.each([
  ['Meta', 'M'],
  [' rust users', 'R'],
  ['3D forum', '3'],
  ['élan', 'É'],
  ['e\u0301lan', 'E\u0301'],
  ['👩‍💻 coders', '👩‍💻'],
  ['منتدى', 'م'],
  ['', ''],
])('of %j the first letter is %j', (name, letter) => {
  expect(firstLetter(name)).toBe(letter)
})
