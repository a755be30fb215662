import { EventEmitter } from 'node:events';
import { badRequest } from './statuses.mjs';

/** What containers say, kept for those who ask later, and told to those who follow. */
export class PodLogs {
  #lines = new Map();
  #said = new EventEmitter().setMaxListeners(0);

  say(namespace, pod, container, line, { previous = false } = {}) {
    const key = keyOf(namespace, pod, container, previous);
    const entry = { line, at: new Date().toISOString().replace('Z', '000000Z') };
    this.#lines.set(key, [...(this.#lines.get(key) ?? []), entry]);
    this.#said.emit(key, entry);
  }

  /** Ends what follows the pod, as its deletion does. */
  end(namespace, pod) {
    this.#said.emit(`end ${namespace}/${pod}`);
  }

  /** Answers GET …/pods/<pod>/log. */
  serve(pod, query, response) {
    const { name, namespace } = pod.metadata;
    const container = containerOf(pod, query.get('container'));
    const previous = flag(query, 'previous');
    const key = keyOf(namespace, name, container, previous);
    if (previous && !this.#lines.has(key)) {
      throw badRequest(`previous terminated container "${container}" in pod "${name}" not found`);
    }
    const write = entry => response.write(`${flag(query, 'timestamps') ? `${entry.at} ` : ''}${entry.line}\n`);
    const known = this.#lines.get(key) ?? [];
    const tail = query.has('tailLines') ? Number(query.get('tailLines')) : known.length;
    response.writeHead(200, { 'content-type': 'text/plain', 'cache-control': 'no-cache, private' });
    response.flushHeaders();
    known.slice(Math.max(0, known.length - tail)).forEach(write);
    if (!flag(query, 'follow') || previous) {
      response.end();
      return;
    }
    const leave = this.follow(namespace, name, container, write, () => {
      leave();
      response.end();
    });
    response.on('close', leave);
  }

  /** Calls `onEntry` for what the container says from now on; the answer ends that. */
  follow(namespace, pod, container, onEntry, onEnd) {
    const key = keyOf(namespace, pod, container, false);
    const end = `end ${namespace}/${pod}`;
    this.#said.on(key, onEntry);
    this.#said.once(end, onEnd);
    return () => {
      this.#said.off(key, onEntry);
      this.#said.off(end, onEnd);
    };
  }
}

/** The container that a request means, which may leave it out if there is one only. */
export function containerOf(pod, asked) {
  const names = (pod.spec?.containers ?? []).map(container => container.name);
  if (!asked && names.length === 1) return names[0];
  const { name } = pod.metadata;
  if (!asked) throw badRequest(`a container name must be specified for pod ${name}, choose one of: [${names.join(' ')}]`);
  if (!names.includes(asked)) throw badRequest(`container ${asked} is not valid for pod ${name}`);
  return asked;
}

/** As the API server reads booleans: `previous`, `previous=` and `previous=true` are true. */
const flag = (query, name) => query.has(name) && !['false', '0'].includes(query.get(name));

const keyOf = (...parts) => parts.join('/');
