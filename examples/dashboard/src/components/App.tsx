import { useEffect, useMemo, useState } from 'react';
import { authNeeds } from '../api/auth';
import { kindOfRef } from './entities';
import { useClusters, useEntities } from '../state/queries';
import { useShortcuts } from '../state/useShortcuts';
import { useUrlState } from '../state/useUrlState';
import { EntityPage } from './EntityPage';
import { Header } from './Header';
import { HelpDialog } from './HelpDialog';
import { StartPage } from './StartPage';
import { TokensDialog } from './TokensDialog';

export function App() {
  const [url, navigate] = useUrlState();
  const [kind, setKind] = useState(() => kindOfRef(url.entity));
  const [dialog, setDialog] = useState<'help' | 'tokens'>();
  const entities = useEntities(kind);
  // Another kind may be looked through while an entity of this one is open.
  const siblings = useEntities(url.entity === '' ? '' : kindOfRef(url.entity));
  const clusters = useClusters();
  const needs = useMemo(() => authNeeds(clusters.data ?? []), [clusters.data]);
  const retryFailed = () => {
    for (const query of new Set([entities, siblings, clusters])) {
      if (query.isError) {
        void query.refetch({ cancelRefetch: false });
      }
    }
  };
  const askTokens = () => setDialog('tokens');

  useShortcuts(useMemo(() => ({ '?': () => setDialog('help') }), []));
  const selected = siblings.data?.find(({ ref }) => ref === url.entity.toLowerCase());
  const title = selected?.title ?? selected?.name ?? url.entity;
  useEffect(() => {
    document.title = title === '' ? 'Followspot' : `${title} – Followspot`;
  }, [title]);

  const select = (entity: string) =>
    // Filters on places of another entity would hide those of this one.
    navigate({
      entity,
      target: undefined,
      view: 'details',
      container: '',
      namespaces: [],
      clusters: [],
      healths: [],
      query: '',
    });
  return (
    <div className="app">
      <a className="skip" href="#content">
        Skip to the content
      </a>
      <Header
        entities={entities}
        selected={url.entity}
        kind={kind}
        onKind={setKind}
        onSelect={select}
        onTokens={askTokens}
        onHelp={() => setDialog('help')}
      />
      {url.entity === '' ? (
        <StartPage entities={entities} kind={kind} onSelect={select} onAskToken={askTokens} />
      ) : (
        <EntityPage
          key={url.entity}
          url={url}
          navigate={navigate}
          entity={selected}
          clusters={clusters}
          onAskToken={askTokens}
          onRetryFailed={retryFailed}
        />
      )}
      {dialog === 'help' && <HelpDialog onClose={() => setDialog(undefined)} />}
      {dialog === 'tokens' && <TokensDialog needs={needs} onClose={() => setDialog(undefined)} />}
    </div>
  );
}
