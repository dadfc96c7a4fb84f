import { expect, it } from 'vitest'
import { expectOk } from '../test/rig/engine-rig.ts'
import { setUpRigs } from '../test/rig/set-up-rigs.ts'

const { rigOf } = setUpRigs()

it('says nothing of a clipboard that the shell does not read', async () => {
  const rig = await rigOf()
  expect(expectOk(await rig.run('clipboard.address', {}))).toEqual({ address: null })
})
