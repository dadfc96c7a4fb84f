// @vitest-environment happy-dom
import { act, cleanup, render, screen } from '@testing-library/react'
import { afterEach, describe, expect, it } from 'vitest'
import type { Snapshot } from '../../common/contract/snapshot.ts'
import { defaultPreferences } from '../../common/preferences/preferences.ts'
import { snapshot } from '../../common/testing/samples.ts'
import { createFakeHost } from '../testing/fake-host.ts'
import { createClock } from './clock.ts'
import { LanguageProvider } from './language-provider.tsx'
import { useServices } from './services.ts'

const chosen = (language: string): Snapshot =>
  snapshot({
    preferences: { ...defaultPreferences, appearance: { ...defaultPreferences.appearance, language } },
  })

const Word = () => <p>{useServices().t('overview.refresh')}</p>

const show = async (first: Parameters<typeof createFakeHost>[0], system: readonly string[]) => {
  const host = createFakeHost(first, false)
  const services = { host, minutes: createClock(15_000), seconds: createClock(1000) }
  await act(async () => {
    render(
      <LanguageProvider services={services} system={system}>
        <Word />
      </LanguageProvider>,
    )
  })
  return host
}

afterEach(cleanup)

describe('the page', () => {
  it('speaks the browser’s language and tells the document so', async () => {
    await show(snapshot(), ['ar-EG', 'en'])
    expect(await screen.findByText(/\p{Script=Arabic}/u)).toBeTruthy()
    expect(document.documentElement.lang).toBe('ar-EG')
    expect(document.documentElement.dir).toBe('rtl')
  })

  it('speaks another one when it is chosen', async () => {
    const host = await show(snapshot(), ['en-GB'])
    screen.getByText('Check now')
    expect(document.documentElement.lang).toBe('en-GB')
    await act(async () => host.push(chosen('ja')))
    await screen.findByText(/\p{Script=Katakana}|\p{Script=Han}/u)
    expect(document.documentElement.lang).toBe('ja')
    expect(document.documentElement.dir).toBe('ltr')
  })
})
