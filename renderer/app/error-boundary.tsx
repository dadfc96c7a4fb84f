import { Component, type ReactNode } from 'react'
import { useServices } from '../services/services.ts'
import { Button } from '../ui/button.tsx'
import styles from './error-boundary.module.css'
import { forgetFailedLoads } from './lazy-component.tsx'

interface ErrorBoundaryProps {
  /** A new key makes what failed be tried again: the user has gone elsewhere, or the notifier responds again. */
  readonly retryKey: string
  readonly children: ReactNode
}

interface ErrorBoundaryState {
  readonly hasFailed: boolean
  readonly failures: number
}

/**
 * Keeps the failure of one pane in that pane: code that could not be loaded, or an error while rendering. React has no
 * hook for this (react.dev/reference/react/Component#catching-rendering-errors-with-an-error-boundary).
 */
export class ErrorBoundary extends Component<ErrorBoundaryProps, ErrorBoundaryState> {
  override state: ErrorBoundaryState = { hasFailed: false, failures: 0 }

  static getDerivedStateFromError(): Partial<ErrorBoundaryState> {
    return { hasFailed: true }
  }

  override componentDidCatch(): void {
    this.setState(({ failures }) => ({ failures: failures + 1 }))
  }

  override componentDidUpdate({ retryKey }: ErrorBoundaryProps): void {
    if (this.state.hasFailed && retryKey !== this.props.retryKey) this.retry()
  }

  private readonly retry = (): void => {
    forgetFailedLoads()
    this.setState({ hasFailed: false })
  }

  override render(): ReactNode {
    if (!this.state.hasFailed) return this.props.children
    return <Failed canReload={this.state.failures > 1} onRetry={this.retry} />
  }
}

/** Reloading is offered when trying again did not help: browsers may cache the failure of a file that did not load. */
const Failed = ({ canReload, onRetry }: { readonly canReload: boolean; readonly onRetry: () => void }) => {
  const { t } = useServices()
  return (
    <div role="alert" className={styles['failed']}>
      <p className={styles['title']}>{t('page.failed')}</p>
      <p className={styles['text']}>{t('page.failedHint')}</p>
      <div className={styles['actions']}>
        <Button look="primary" onClick={onRetry}>
          {t('page.tryAgain')}
        </Button>
        {canReload && <Button onClick={() => window.location.reload()}>{t('page.reload')}</Button>}
      </div>
    </div>
  )
}
