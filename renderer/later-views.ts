import { loadedLater } from './loaded-later.tsx'

// What is not needed for the first view, each fetched when it is opened.

export const Access = loadedLater(async () => (await import('./access/access.tsx')).Access)
export const Inbox = loadedLater(async () => (await import('./inbox/inbox.tsx')).Inbox)
export const Settings = loadedLater(async () => (await import('./settings/settings.tsx')).Settings)
export const Diagnostics = loadedLater(async () => (await import('./diagnostics/diagnostics.tsx')).Diagnostics)
export const SignInDialog = loadedLater(async () => (await import('./sign-in/sign-in-dialog.tsx')).SignInDialog)
