// Loaded into the desktop program under test before its own code: it becomes ready only when Playwright is attached.
//
// A page that Playwright meets in the middle of its first navigation has an address of before, and of the new one it is never
// told (Chromium 130: no `Page.frameNavigated` for a navigation that commits while the page is being attached). Playwright
// waits for that message before `launch` returns, so every 25th start or so hung until the test's time was over.
// Playwright's own loader, which it leaves out where a program is named, holds the start back in the same way: after
// attaching, Playwright calls `__playwright_run`.
const { app } = require('electron')

const ready = app.whenReady()
/** @type {() => void} */
let attached
const attaching = new Promise((resolve) => {
  attached = () => resolve(undefined)
})
app.whenReady = async () => {
  await attaching
  await ready
}
Object.assign(globalThis, { __playwright_run: () => attached() })
