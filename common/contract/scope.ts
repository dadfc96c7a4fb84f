/**
 * The one scope that is optional: it lets the app open the forum in the browser with its user logged in (protocol.md
 * 1.8). Forums send the token by redirect only, and refuse the scope for sign-ins by short code.
 */
export const oneTimeScope = 'one_time_password'
