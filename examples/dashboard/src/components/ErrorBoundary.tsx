import { Component, type ReactNode } from 'react';

interface Props {
  /** Another value is another thing to show, which may be shown well. */
  shows?: unknown;
  fallback: (error: unknown) => ReactNode;
  children: ReactNode;
}

interface State {
  error: unknown;
  failed: boolean;
  shows: unknown;
}

/** Keeps what cannot be shown from taking the rest of the page with it. */
export class ErrorBoundary extends Component<Props, State> {
  override state: State = { error: undefined, failed: false, shows: this.props.shows };

  static getDerivedStateFromError(error: unknown): Partial<State> {
    return { error, failed: true };
  }

  static getDerivedStateFromProps({ shows }: Props, state: State): State | null {
    return shows === state.shows ? null : { error: undefined, failed: false, shows };
  }

  override render(): ReactNode {
    return this.state.failed ? this.props.fallback(this.state.error) : this.props.children;
  }
}
