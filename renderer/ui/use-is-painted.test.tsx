// @vitest-environment happy-dom
import { act, screen } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { account, counts, notification, snapshot } from '../../common/testing/samples.ts'
import { deferred } from '../testing/deferred.ts'
import { renderApp } from '../testing/render-app.tsx'
import { holdBackUntil } from './use-is-painted.ts'

describe('what is held back until the first view is on the screen', () => {
  it('are pictures and the menus of rows, and nothing that can be read', async () => {
    const painted = deferred<void>()
    holdBackUntil(painted.promise)
    const news = { counts: counts({ notifications: 1 }), items: [notification()] }
    renderApp(snapshot({ accounts: [account({ ...news, icon: '/image/beef' })] }))
    screen.getByRole('link', { name: /mentioned you/ })
    screen.getByText('M')
    expect(document.querySelector('img')).toBeNull()
    expect(screen.queryByRole('button', { name: /^More for this notification/ })).toBeNull()
    await act(async () => painted.resolve())
    expect(document.querySelector('img')?.getAttribute('src')).toBe('/image/beef')
    screen.getByRole('button', { name: /^More for this notification/ })
  })
})
