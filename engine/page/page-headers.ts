/**
 * Headers for everything that belongs to the built page, in both shells. The page may load only what comes with it and
 * be framed by nobody (CSP Level 3; Electron's security checklist, point 7).
 * @param connect whom the page may talk to: `self` for the loopback server; `none` where everything crosses Electron's
 *   bridge
 */
export const pageHeaders = (connect: 'self' | 'none'): Readonly<Record<string, string>> => ({
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    `connect-src '${connect}'`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'cache-control': 'no-store',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
})
