import { expect, it } from 'vitest'
import { startEngineRig } from '../../test/rig/engine-rig.ts'
import { createLanguage } from './language.ts'

it('is English until the system’s or the chosen one has been read, and then that for whoever holds it', async () => {
  const { t, follow } = createLanguage(() => ['de-DE'])
  expect(t('overview.refresh')).toBe('Check now')
  await follow('system')
  const german = t('overview.refresh')
  expect(german).not.toBe('Check now')
  expect(t.locale).toBe('de-DE')
  await follow('fr')
  expect([german, 'Check now']).not.toContain(t('overview.refresh'))
  expect(t.locale).toBe('fr')
})

it('is the later one of two that were chosen at once', async () => {
  const { t, follow } = createLanguage(() => [])
  await Promise.all([follow('ja'), follow('en')])
  expect(t.locale).toBe('en')
})

it('changes with the setting, and then whoever shows something of the engine is told', async () => {
  const rig = await startEngineRig()
  const titles: string[] = []
  rig.engine.subscribe(() => titles.push(rig.language.t.locale))
  await rig.engine.execute('preferences.change', { appearance: { language: 'es' } })
  expect(titles.at(-1)).toBe('es')
  await rig.restart()
  expect(rig.language.t.locale).toBe('es')
  await rig.stop()
})
