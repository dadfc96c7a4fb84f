import { describe, expect, it } from 'vitest'
import { preloadHeader } from './preload-header.ts'

const page = (html: string) => ({ type: 'text/html; charset=utf-8', body: new TextEncoder().encode(html) })

describe('the header that names what a page loads', () => {
  it('has the script, and the style sheet as the page asks for it', () => {
    const html = `<link rel="icon" href="data:," /><link rel="stylesheet" crossorigin href="/assets/index-D5.css">
      <div id="root"></div><script async src="/assets/first-view-B6.js"></script>`
    expect(preloadHeader(page(html))).toEqual({
      link: '</assets/first-view-B6.js>; rel=preload; as=script, </assets/index-D5.css>; rel=preload; as=style; crossorigin',
    })
  })

  it('is left out where a page loads nothing, or is not there', () => {
    expect(preloadHeader(page('<!doctype html>'))).toEqual({})
    expect(preloadHeader(undefined)).toEqual({})
  })
})
