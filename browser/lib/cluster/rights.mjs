/**
 * What one bearer token may do: in each namespace, a set of resources. A resource is `pods`, `deployments.apps`,
 * `pods/exec`, one of them after a verb (`delete pods`), or `*`.
 */
export class Rights {
  #granted = new Map();
  #revoked = new Map();

  constructor(user) {
    this.user = user;
  }

  grant(namespace, resources) {
    this.#revoked.set(namespace, without(this.#revoked.get(namespace), resources));
    this.#granted.set(namespace, new Set([...(this.#granted.get(namespace) ?? []), ...resources]));
  }

  revoke(namespace, resources) {
    this.#granted.set(namespace, without(this.#granted.get(namespace), resources));
    this.#revoked.set(namespace, new Set([...(this.#revoked.get(namespace) ?? []), ...resources]));
  }

  /** Namespace `*` is every namespace, and what has none. */
  may(verb, resource, namespace) {
    const names = [resource, `${verb} ${resource}`];
    const any = (rules, wanted) => wanted.some(name => rules?.has(name));
    if (any(this.#revoked.get(namespace), [...names, '*'])) return false;
    return ['*', namespace].some(scope => any(this.#granted.get(scope), [...names, '*']));
  }
}

const without = (set, removed) => new Set([...(set ?? [])].filter(name => !removed.includes('*') && !removed.includes(name)));
