import { QueryClientProvider } from '@tanstack/react-query';
import { render } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { App } from '../src/components/App';
import { createQueryClient } from '../src/state/queries';

/** The whole dashboard, at an address. */
export function renderApp(search = '?entity=component:default/order-service') {
  window.history.replaceState(null, '', `/${search}`);
  const user = userEvent.setup();
  const client = createQueryClient();
  const view = render(
    <QueryClientProvider client={client}>
      <App />
    </QueryClientProvider>,
  );
  return { user, client, ...view };
}
