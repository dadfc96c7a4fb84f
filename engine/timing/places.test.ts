import { expect, it } from 'vitest'
import { createPlaces } from './places.ts'

it('there are so many places, and one that is given back twice is one', () => {
  const places = createPlaces(2)
  const leave = places.take()
  expect(places.take()).toBeDefined()
  expect(places.take()).toBeUndefined()
  leave?.()
  leave?.()
  expect(places.take()).toBeDefined()
  expect(places.take()).toBeUndefined()
})
