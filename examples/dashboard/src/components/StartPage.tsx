import type { UseQueryResult } from '@tanstack/react-query';
import { useState } from 'react';
import type { Entity } from '../api/types';
import { plural } from '../model/quantity';
import { shorten } from '../model/text';
import { retryAgain } from '../state/queries';
import { ErrorNotice } from './ErrorNotice';
import { filterEntities } from './entities';

const MAX = 200;

interface Props {
  entities: UseQueryResult<Entity[]>;
  kind: string;
  onSelect: (ref: string) => void;
  onAskToken: () => void;
}

/** Before an entity is chosen: all of the kind, to choose from. */
export function StartPage({ entities, kind, onSelect, onAskToken }: Props) {
  const [typed, setTyped] = useState('');
  const found = filterEntities(entities.data ?? [], typed);
  return (
    <main id="content" className="start" tabIndex={-1}>
      <h1>Choose an entity</h1>
      {entities.isPending && <p role="status">Loading entities …</p>}
      {entities.isError && (
        <ErrorNotice
          error={entities.error}
          onAskToken={onAskToken}
          onRetry={() => void entities.refetch()}
          again={retryAgain(entities.error)}
        />
      )}
      {entities.isSuccess && (
        <>
          <div className="start-search">
            <input
              type="search"
              aria-label="Search entities"
              placeholder="Name, title, owner or system"
              value={typed}
              onChange={({ target }) => setTyped(target.value)}
            />
            <span role="status" className="muted">
              {typed === ''
                ? `${plural(found.length, 'entity', 'entities')} of kind ${kind}`
                : `${found.length} of ${entities.data.length} match`}
            </span>
          </div>
          {entities.data.length === 0 && (
            <p>The catalog has no entity of kind {kind}. Choose another kind above.</p>
          )}
          <ul className="entity-list" aria-label="Entities of the catalog">
            {found.slice(0, MAX).map((entity) => (
              <EntityItem key={entity.ref} entity={entity} onSelect={onSelect} />
            ))}
          </ul>
          {found.length > MAX && (
            <p className="muted">{found.length - MAX} more: type to narrow.</p>
          )}
        </>
      )}
    </main>
  );
}

function EntityItem({ entity, onSelect }: { entity: Entity; onSelect: (ref: string) => void }) {
  const { ref, title, name, owner, lifecycle, type } = entity;
  const facts = [type, lifecycle, owner].filter((one) => one !== undefined);
  return (
    <li>
      <a
        href={`?entity=${encodeURIComponent(ref)}`}
        onClick={(event) => {
          if (!event.ctrlKey && !event.metaKey && !event.shiftKey) {
            event.preventDefault();
            onSelect(ref);
          }
        }}
      >
        <strong>{shorten(title ?? name, 80)}</strong>
        <span className="mono muted">{shorten(ref, 100)}</span>
        <span className="muted facts">{shorten(facts.join(' · '), 100)}</span>
      </a>
    </li>
  );
}
