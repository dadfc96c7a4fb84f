import { lazyComponent } from './lazy-component.tsx'

// What is not needed for the first view, each fetched when it is opened.

export const Access = lazyComponent(async () => (await import('../access/access.tsx')).Access)
export const AccountRemedy = lazyComponent(async () => (await import('../home/account-remedy.tsx')).AccountRemedy)
export const ArrangingMenu = lazyComponent(async () => (await import('../overview/arranging-menu.tsx')).ArrangingMenu)
export const AttemptRow = lazyComponent(async () => (await import('../overview/attempt-row.tsx')).AttemptRow)
export const AccountList = lazyComponent(async () => (await import('../overview/account-list.tsx')).AccountList)
export const Inbox = lazyComponent(async () => (await import('../inbox/inbox.tsx')).Inbox)
export const ReadingPane = lazyComponent(async () => (await import('../inbox/reading-pane.tsx')).ReadingPane)
export const MarkAllDialog = lazyComponent(async () => (await import('../inbox/mark-all-dialog.tsx')).MarkAllDialog)
export const AccountSettings = lazyComponent(
  async () => (await import('../settings/account-settings.tsx')).AccountSettings,
)
export const NotificationMenu = lazyComponent(
  async () => (await import('../home/notification-menu.tsx')).NotificationMenu,
)
export const Settings = lazyComponent(async () => (await import('../settings/settings.tsx')).Settings)
export const Diagnostics = lazyComponent(async () => (await import('../diagnostics/diagnostics.tsx')).Diagnostics)
export const SignInDialog = lazyComponent(async () => (await import('../sign-in/sign-in-dialog.tsx')).SignInDialog)
export const TopicsLine = lazyComponent(async () => (await import('../home/topics-line.tsx')).TopicsLine)
export const UndoOfferBar = lazyComponent(async () => (await import('../undo/undo-offer-bar.tsx')).UndoOfferBar)
export const Welcome = lazyComponent(async () => (await import('../welcome/welcome.tsx')).Welcome)

/** Loads what one key or click shows, after which the user types, undoes or reads at once; then the other views. */
export const preloadViews = async (): Promise<void> => {
  const near = [NotificationMenu, ArrangingMenu, AttemptRow, SignInDialog, UndoOfferBar, MarkAllDialog]
  // They have to be there when the notifier has ended and serves no files any more. What fails is loaded when it is needed.
  const others = [
    Inbox,
    ReadingPane,
    AccountList,
    Settings,
    AccountSettings,
    Access,
    Diagnostics,
    AccountRemedy,
    TopicsLine,
    Welcome,
  ]
  for (const views of [near, others]) {
    await Promise.allSettled(views.map(({ preload }) => preload()))
  }
}
