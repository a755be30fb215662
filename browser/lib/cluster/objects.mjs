import { randomUUID } from 'node:crypto';
import { fieldsFit, InvalidSelector, labelsFit } from './selectors.mjs';
import { badRequest } from './statuses.mjs';

/** The objects of a cluster, by type, namespace and name. */
export class Objects {
  #stored = new Map();
  #version = 1000;

  put(resource, namespace, object) {
    const key = keyOf(resource, namespace, object.metadata.name);
    const known = this.#stored.get(key)?.object.metadata;
    const metadata = {
      ...(namespace && { namespace }),
      uid: known?.uid ?? randomUUID(),
      creationTimestamp: known?.creationTimestamp ?? '2026-01-01T08:00:00Z',
      ...object.metadata,
      resourceVersion: String(++this.#version),
    };
    this.#stored.set(key, { resource, namespace, object: { ...object, metadata } });
  }

  remove(resource, namespace, name) {
    this.#version++;
    return this.#stored.delete(keyOf(resource, namespace, name));
  }

  get(resource, namespace, name) {
    return this.#stored.get(keyOf(resource, namespace, name))?.object;
  }

  has(resource) {
    return [...this.#stored.values()].some(stored => stored.resource === resource);
  }

  /** Without a namespace, those of all namespaces. */
  list(resource, namespace, { labelSelector, fieldSelector } = {}) {
    try {
      const items = [...this.#stored.entries()]
        .filter(([, stored]) => stored.resource === resource && (!namespace || stored.namespace === namespace))
        .sort(([one], [other]) => (one < other ? -1 : 1))
        .map(([, stored]) => stored.object)
        .filter(object => labelsFit(object.metadata.labels ?? {}, labelSelector) && fieldsFit(object, fieldSelector));
      return { metadata: { resourceVersion: String(this.#version) }, items };
    } catch (error) {
      throw error instanceof InvalidSelector ? badRequest(error.message) : error;
    }
  }
}

const keyOf = (resource, namespace, name) => `${resource}/${namespace}/${name}`;
