import assert from 'node:assert/strict';
import http from 'node:http';
import { after, before, describe, test } from 'node:test';
import { launchChromium, openPage } from './chromium.mjs';
import { stopAll } from './stop-all.mjs';

const PAGES = {
  '/quiet': '<p>hello</p>',
  '/logs': '<script>console.error("it logged this")</script>',
  '/throws': '<script>throw new Error("it threw this")</script>',
  '/strays': '<img src="http://localhost:9/picture.png">',
};

describe('a page of a test', () => {
  let browser, server, origin;

  before(async () => {
    browser = await launchChromium();
    server = http.createServer(({ url }, response) => {
      response.writeHead(200, { 'content-type': 'text/html' }).end(`<link rel="icon" href="data:,">${PAGES[url]}`);
    });
    await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
    origin = `http://127.0.0.1:${server.address().port}`;
  });

  after(() => stopAll(server, browser));

  /** What becomes of a test that opens the page, when it ends. */
  const outcomeOf = async (path, options) => {
    const hooks = [];
    const page = await openPage({ after: hook => hooks.push(hook) }, browser, origin + path, options);
    await page.waitForLoadState('networkidle');
    await Promise.all(hooks.map(hook => hook()));
  };

  test('may be quiet', () => outcomeOf('/quiet'));

  test('fails the test by what it logs', () => assert.rejects(outcomeOf('/logs'), /it logged this/));

  test('fails the test by what it throws', () => assert.rejects(outcomeOf('/throws'), /it threw this/));

  test('fails the test by asking another origin', () =>
    assert.rejects(outcomeOf('/strays'), /asked another origin: http:\/\/localhost:9\/picture\.png/));

  test('may do what the test expects', () => outcomeOf('/logs', { expectedErrors: [/logged this/] }));
});
