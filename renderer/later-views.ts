import { loadedLater } from './loaded-later.tsx'

// What is not needed for the first view, each fetched when it is opened.

export const Access = loadedLater(async () => (await import('./access/access.tsx')).Access)
export const AccountItems = loadedLater(async () => (await import('./overview/account-items.tsx')).AccountItems)
export const Inbox = loadedLater(async () => (await import('./inbox/inbox.tsx')).Inbox)
export const MarkAllDialog = loadedLater(async () => (await import('./inbox/mark-all-dialog.tsx')).MarkAllDialog)
export const Settings = loadedLater(async () => (await import('./settings/settings.tsx')).Settings)
export const Diagnostics = loadedLater(async () => (await import('./diagnostics/diagnostics.tsx')).Diagnostics)
export const SignInDialog = loadedLater(async () => (await import('./sign-in/sign-in-dialog.tsx')).SignInDialog)
export const UndoOfferBar = loadedLater(async () => (await import('./undo/undo-offer-bar.tsx')).UndoOfferBar)
export const Welcome = loadedLater(async () => (await import('./welcome/welcome.tsx')).Welcome)

/** Fetches what one key or click brings, after which the user goes on at once: types, undoes, reads. */
export const preloadWhatIsNear = (): void => {
  for (const { preload } of [SignInDialog, UndoOfferBar, AccountItems, MarkAllDialog]) void preload()
}
