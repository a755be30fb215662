import { Content, Header, Page, Progress } from '@backstage/core-components';
import { useApi } from '@backstage/core-plugin-api';
import { catalogApiRef, EntityProvider } from '@backstage/plugin-catalog-react';
import { useEffect, useState } from 'react';
import { useParams } from 'react-router-dom';

/** The page of the entity that the address names, with one of its tabs. */
export function EntityPage({ children }) {
  const { namespace, kind, name } = useParams();
  const catalog = useApi(catalogApiRef);
  const [entity, setEntity] = useState();
  const [error, setError] = useState();

  useEffect(() => {
    catalog.getEntityByRef({ namespace, kind, name }).then(setEntity, setError);
  }, [catalog, namespace, kind, name]);

  if (error) throw error;
  if (!entity) return <Progress />;
  return (
    <EntityProvider entity={entity}>
      <Page themeId="service">
        <Header title={entity.metadata.name} type={entity.spec.type} />
        <Content>{children}</Content>
      </Page>
    </EntityProvider>
  );
}
