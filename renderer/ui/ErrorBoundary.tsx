import { Component, type ReactNode } from 'react';

interface Props {
  readonly what: string;
  readonly kept: string;
  readonly children: ReactNode;
}

/** A part that failed says so in its own place; the rest goes on. */
export class ErrorBoundary extends Component<Props, { readonly failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    if (!this.state.failed) return this.props.children;
    return (
      <div role="alert" style={{ padding: 'var(--space-4)', color: 'var(--text)' }}>
        <p>{this.props.what} failed and was stopped.</p>
        <p>{this.props.kept}</p>
        <button type="button" onClick={() => this.setState({ failed: false })}>
          Try again
        </button>
      </div>
    );
  }
}
