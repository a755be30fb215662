import { createApp } from '@backstage/app-defaults';
import { CatalogClient } from '@backstage/catalog-client';
import { AppRouter, FlatRoutes } from '@backstage/core-app-api';
import { AlertDisplay } from '@backstage/core-components';
import { createApiFactory, discoveryApiRef, fetchApiRef } from '@backstage/core-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { EntityKubernetesContent } from '@backstage/plugin-kubernetes';
import { Route } from 'react-router-dom';
import { EntityPage } from './EntityPage.jsx';

const app = createApp({
  apis: [
    createApiFactory({
      api: catalogApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: deps => new CatalogClient(deps),
    }),
  ],
});

export const App = app.createRoot(
  <>
    <AlertDisplay />
    <AppRouter>
      <FlatRoutes>
        <Route
          path="/catalog/:namespace/:kind/:name/kubernetes"
          element={
            <EntityPage>
              <EntityKubernetesContent refreshIntervalMs={2000} />
            </EntityPage>
          }
        />
      </FlatRoutes>
    </AppRouter>
  </>,
);
