import { lazyComponent } from './lazy-component.tsx'

// What is not needed for the first view, each fetched when it is opened.

export const Access = lazyComponent(async () => (await import('../access/access.tsx')).Access)
export const AccountItems = lazyComponent(async () => (await import('../overview/account-items.tsx')).AccountItems)
export const Inbox = lazyComponent(async () => (await import('../inbox/inbox.tsx')).Inbox)
export const MarkAllDialog = lazyComponent(async () => (await import('../inbox/mark-all-dialog.tsx')).MarkAllDialog)
export const Settings = lazyComponent(async () => (await import('../settings/settings.tsx')).Settings)
export const Diagnostics = lazyComponent(async () => (await import('../diagnostics/diagnostics.tsx')).Diagnostics)
export const SignInDialog = lazyComponent(async () => (await import('../sign-in/sign-in-dialog.tsx')).SignInDialog)
export const UndoOfferBar = lazyComponent(async () => (await import('../undo/undo-offer-bar.tsx')).UndoOfferBar)
export const Welcome = lazyComponent(async () => (await import('../welcome/welcome.tsx')).Welcome)

/** Fetches what one key or click brings, after which the user goes on at once: types, undoes, reads. */
export const preloadWhatIsNear = (): void => {
  for (const { preload } of [SignInDialog, UndoOfferBar, AccountItems, MarkAllDialog]) void preload()
}
