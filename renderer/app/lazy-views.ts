import { lazyComponent } from './lazy-component.tsx'

// Views that are not needed at first, each loaded when it is opened.

export const Access = lazyComponent(async () => (await import('../access/access.tsx')).Access)
export const AccountRemedy = lazyComponent(async () => (await import('../home/account-remedy.tsx')).AccountRemedy)
export const ArrangingMenu = lazyComponent(async () => (await import('../overview/arranging-menu.tsx')).ArrangingMenu)
export const AttemptRow = lazyComponent(async () => (await import('../overview/attempt-row.tsx')).AttemptRow)
export const AccountList = lazyComponent(async () => (await import('../overview/account-list.tsx')).AccountList)
export const Inbox = lazyComponent(async () => (await import('../inbox/inbox.tsx')).Inbox)
export const ReadingPane = lazyComponent(async () => (await import('../inbox/reading-pane.tsx')).ReadingPane)
export const AccountSettings = lazyComponent(
  async () => (await import('../settings/account-settings.tsx')).AccountSettings,
)
export const NotificationMenu = lazyComponent(
  async () => (await import('../home/notification-menu.tsx')).NotificationMenu,
)
export const Settings = lazyComponent(async () => (await import('../settings/settings.tsx')).Settings)
export const Diagnostics = lazyComponent(async () => (await import('../diagnostics/diagnostics.tsx')).Diagnostics)
export const SignInDialog = lazyComponent(async () => (await import('../sign-in/sign-in-dialog.tsx')).SignInDialog)
export const UndoOfferBar = lazyComponent(async () => (await import('../undo/undo-offer-bar.tsx')).UndoOfferBar)
export const Welcome = lazyComponent(async () => (await import('../welcome/welcome.tsx')).Welcome)

/** Loads first what a single key or click shows and the user wants to use at once; then the other views. */
export const preloadViews = async (): Promise<void> => {
  const near = [NotificationMenu, ArrangingMenu, AttemptRow, SignInDialog, UndoOfferBar]
  // They must be available even after the notifier has ended and no longer serves files. Any that fail are loaded when
  // needed.
  const others = [
    Inbox,
    ReadingPane,
    AccountList,
    Settings,
    AccountSettings,
    Access,
    Diagnostics,
    AccountRemedy,
    Welcome,
  ]
  for (const views of [near, others]) {
    await Promise.allSettled(views.map(({ preload }) => preload()))
  }
}
