// @vitest-environment happy-dom
import { fireEvent, screen } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { account, snapshot } from '../../common/testing/samples.ts'
import { renderApp } from '../testing/render-app.tsx'

const pictured = snapshot({ accounts: [account({ avatar: '/image/cafe', icon: '/image/beef' })] })

describe('pictures', () => {
  it("stand where the forum's letter stood, and beside the user's name", async () => {
    const { user, push } = renderApp(snapshot({ accounts: [account()] }))
    expect(document.querySelector('img')).toBeNull()
    screen.getByText('M')
    push(pictured)
    expect(document.querySelector('img')?.getAttribute('src')).toBe('/image/beef')
    expect(screen.queryByText('M')).toBeNull()
    await user.click(screen.getByRole('button', { name: 'Access' }))
    expect([...document.querySelectorAll('img')].map(({ src, alt }) => [new URL(src).pathname, alt])).toEqual([
      ['/image/beef', ''],
      ['/image/cafe', ''],
    ])
  })

  it('that cannot be shown leave the letter', () => {
    renderApp(pictured)
    const image = document.querySelector('img')
    if (image === null) throw new Error('no picture')
    fireEvent.error(image)
    expect(document.querySelector('img')).toBeNull()
    screen.getByText('M')
  })
})
