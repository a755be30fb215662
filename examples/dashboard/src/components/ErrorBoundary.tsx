import { Component, type ReactNode } from 'react';
import { ErrorNotice } from './ErrorNotice';

interface State {
  error: unknown;
  failed: boolean;
}

/** A mistake of the dashboard is told instead of leaving an empty page. */
export class ErrorBoundary extends Component<{ children: ReactNode }, State> {
  override state: State = { error: undefined, failed: false };

  static getDerivedStateFromError(error: unknown): State {
    return { error, failed: true };
  }

  override render(): ReactNode {
    return this.state.failed ? (
      <main className="boundary">
        <ErrorNotice error={this.state.error} onRetry={() => window.location.reload()} />
      </main>
    ) : (
      this.props.children
    );
  }
}
