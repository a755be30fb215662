// Followspot's backend for a test; see README.md.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const JAR = fileURLToPath(new URL('../../examples/backstage-backend/target/backstage-backend.jar', import.meta.url));
const LISTENING = /listening on (http:\S+)\/api\/kubernetes:/;
const START_LIMIT = 60_000;
const STOP_LIMIT = 20_000;

/**
 * Starts the backend. `config` is an app-config as an object, `catalog` a list of entities, `expectedErrors` the
 * patterns of lines that it may log with level ERROR.
 */
export async function startBackend({ config, catalog, expectedErrors = [] }) {
  if (!existsSync(JAR)) {
    throw new Error(`${JAR} is missing; build it with: mvn -q -DskipTests -pl examples/backstage-backend -am package`);
  }
  const directory = await mkdtemp(join(tmpdir(), 'followspot-browser-'));
  // YAML is a superset of JSON.
  await writeFile(join(directory, 'app-config.yaml'), JSON.stringify(config));
  await writeFile(join(directory, 'catalog-info.yaml'), catalog.map(entity => JSON.stringify(entity)).join('\n---\n'));
  const backend = new Backend(directory, expectedErrors);
  try {
    await backend.ready();
  } catch (error) {
    await backend.kill();
    throw error;
  }
  return backend;
}

class Backend {
  #directory;
  #expectedErrors;
  #process;
  #exited;
  #listening;

  /** Its log so far. */
  log = [];

  constructor(directory, expectedErrors) {
    this.#directory = directory;
    this.#expectedErrors = expectedErrors;
    const files = ['--config', join(directory, 'app-config.yaml'), '--catalog', join(directory, 'catalog-info.yaml')];
    this.#process = spawn('java', ['-XX:TieredStopAtLevel=1', '-jar', JAR, '--port', '0', ...files], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    // Not even a test that is broken off leaves it behind.
    process.once('exit', () => this.#process.kill('SIGKILL'));
    this.#exited = new Promise((resolve, reject) => {
      this.#process.once('error', reject);
      this.#process.once('exit', (code, signal) => resolve(code ?? signal));
    });
    this.#listening = new Promise(resolve => {
      createInterface({ input: this.#process.stderr }).on('line', line => {
        this.log.push(line);
        const address = LISTENING.exec(line)?.[1];
        if (address) resolve(address);
      });
    });
  }

  async ready() {
    const ended = this.#exited.then(code => {
      throw new Error(`the backend ended with ${code}:\n${this.log.join('\n')}`);
    });
    this.url = await Promise.race([this.#listening, ended, this.#limit(START_LIMIT, 'did not start')]);
    const readiness = await fetch(`${this.url}/.backstage/health/v1/readiness`);
    if (!readiness.ok) throw new Error(`the backend is not ready: ${readiness.status} ${await readiness.text()}`);
  }

  /** Ends it as Kubernetes does, and fails if it did not end well or logged errors that were not expected. */
  async stop() {
    this.#process.kill('SIGTERM');
    try {
      const code = await Promise.race([this.#exited, this.#limit(STOP_LIMIT, 'did not end')]);
      if (code !== 143) throw new Error(`the backend ended with ${code} after SIGTERM:\n${this.log.join('\n')}`);
    } finally {
      await this.kill();
    }
    const errors = this.log.filter(line => / ERROR /.test(line) && !this.#expectedErrors.some(pattern => pattern.test(line)));
    if (errors.length > 0) throw new Error(`the backend logged errors:\n${errors.join('\n')}`);
  }

  async kill() {
    this.#process.kill('SIGKILL');
    await rm(this.#directory, { recursive: true, force: true });
  }

  #limit(milliseconds, what) {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(
        () => reject(new Error(`the backend ${what} within ${milliseconds} ms:\n${this.log.join('\n')}`)),
        milliseconds,
      );
      timer.unref();
    });
  }
}
