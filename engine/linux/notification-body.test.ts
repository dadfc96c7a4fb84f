import { expect, it } from 'vitest'
import { notificationBody } from './notification-body.ts'

const link = '<a href="http://evil.example">Sign in again</a> & 5 < 6'
const escaped = '&lt;a href="http://evil.example"&gt;Sign in again&lt;/a&gt; &amp; 5 &lt; 6'

it.each([
  ['escaped for a server that renders markup', ['body', 'body-markup'], escaped],
  ['left alone for one that does not', ['body'], link],
  ['escaped for one that cannot be asked', undefined, escaped],
])('a body is %s', (_, capabilities, body) => {
  expect(notificationBody(link, capabilities)).toBe(body)
})

it('has no character that ends the connection to the bus', () => {
  expect(notificationBody('nul\0', [])).toBe('nul')
})
