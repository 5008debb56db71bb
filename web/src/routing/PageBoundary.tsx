import { Component, type ComponentType, type ReactNode } from 'react'

interface Props {
  /** A failure stands for the place where it happened. */
  placeKey: string
  failed: ComponentType<{ error: unknown }>
  children: ReactNode
}

interface State {
  failure: { readonly error: unknown } | null
  placeKey: string
}

/** Shows something else for what fails below it, until one goes on to another place. React has no hook for it. */
export class PageBoundary extends Component<Props, State> {
  override state: State = { failure: null, placeKey: this.props.placeKey }

  static getDerivedStateFromError(error: unknown): Partial<State> {
    return { failure: { error } }
  }

  static getDerivedStateFromProps({ placeKey }: Props, state: State): State | null {
    return placeKey === state.placeKey ? null : { failure: null, placeKey }
  }

  override render(): ReactNode {
    const { failed: Failed, children } = this.props
    return this.state.failure ? <Failed error={this.state.failure.error} /> : children
  }
}
