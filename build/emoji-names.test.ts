import { expect, it } from 'vitest'
import { emojiNames } from './emoji-names.ts'

// Generates the table: `npx vitest run build/emoji-names.test.ts --update` rewrites it.
it('matches the table in the engine', async () => {
  // One string, because an object with so many keys takes half a megabyte more, for good.
  const lines = Object.entries(emojiNames()).map(([emoji, names]) => `${emoji} ${names}`)
  const json = `${JSON.stringify(lines.join('\n'))}\n`
  await expect(json).toMatchFileSnapshot('../engine/discourse/emoji-names.json')
})

it('gives every name to one emoji', () => {
  const names = Object.values(emojiNames()).flatMap((all) => all.split(' '))
  expect(names.length).toBeGreaterThan(2300)
  expect(new Set(names).size).toBe(names.length)
})
