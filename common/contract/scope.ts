/**
 * The one scope that is optional: it lets the app open the forum in the browser with its user logged in (protocol.md 1.8).
 * Forums hand the token over by redirect only, and refuse the scope where a short code is typed.
 */
export const oneTimeScope = 'one_time_password'
