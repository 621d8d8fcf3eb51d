// The console in a real browser without internet, over the real binary: `node browser.mjs PATH-OF-PURLIN`.
// The browser can resolve no name, and every request is noted; any violation of the page's policy, console error or
// uncaught exception fails the test during which it happens.

import { spawn } from 'node:child_process';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import assert from 'node:assert/strict';
import { chromium } from 'playwright-core';

/** Longest wait for anything, in milliseconds; a page that is right needs a fraction of it. */
const PATIENCE = 20_000;
const BROWSER = process.env.CHROMIUM ?? '/usr/bin/chromium';
const FLAGS = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync', '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1',
];
const SESSION = '.bar button[aria-haspopup=dialog]';
const RUN = '.graphiql-execute-button';
const ANSWER = '.result-window .CodeMirror-code';

const folder = await mkdtemp(join(tmpdir(), 'purlin-console-'));
await cp(new URL('project', import.meta.url), folder, { recursive: true });
const { server, about } = await start(resolve(process.argv[2] ?? 'target/debug/purlin'));
const origin = new URL(about.console).origin;
const context = await chromium.launchPersistentContext(join(folder, 'browser'), {
  executablePath: BROWSER,
  headless: true,
  args: FLAGS,
  viewport: { width: 1280, height: 800 },
});
context.setDefaultTimeout(PATIENCE);
const requests = [];
const mistakes = [];
context.on('request', (request) => requests.push(request.url()));
context.on('console', (message) => {
  if (['error', 'warning'].includes(message.type())) mistakes.push(`console: ${message.text()}`);
});
context.on('weberror', (error) => mistakes.push(`uncaught: ${error.error().message}`));
await context.addInitScript(() => {
  window.violations = [];
  document.addEventListener('securitypolicyviolation', (event) =>
    window.violations.push(`${event.effectiveDirective} ${event.blockedURI}`),
  );
});
const page = context.pages()[0] ?? (await context.newPage());

const tests = {
  async 'without a credential the page acts as everybody, and knows no role'() {
    await page.goto(about.console);
    await ready();
    assert.deepEqual(await page.locator('.role option').allTextContents(), ['public']);
    await close();
  },

  async 'the secret behind # is taken out of the address and kept for this tab alone'() {
    await page.goto('about:blank');
    await page.goto(`${about.console}#admin-secret=${about.admin_secret}`);
    await ready();
    assert.equal(page.url(), about.console);
    const kept = await page.evaluate(() => ({ local: JSON.stringify(localStorage), session: JSON.stringify(sessionStorage) }));
    assert.ok(kept.session.includes(about.admin_secret) && !kept.local.includes(about.admin_secret));
    assert.deepEqual(await page.locator('.role option').allTextContents(), ['admin', 'public', 'user']);
  },

  async 'the example that is typed in asks for the tables of this project and runs'() {
    const query = await text();
    assert.ok(query.includes('notes(') && query.includes('authors(') && query.includes('name'), query);
    const answer = await run();
    assert.deepEqual(answer.data.authors.map((author) => author.notes.length).sort(), [1, 2]);
  },

  async 'numbers keep all their digits'() {
    await write('{ authors_by_pk(id: 1) { followers } }');
    await run();
    assert.ok((await shown()).includes('9223372036854775807'), await shown());
  },

  async 'two roles get different answers to one query'() {
    await write('{ notes(order_by: {id: asc}) { title } }');
    const titles = async () => (await run()).data.notes.map((note) => note.title);
    assert.equal((await titles()).length, 3);
    await role('public');
    assert.deepEqual(await titles(), ['for everybody']);
    await role('user');
    await page.locator(SESSION).click();
    await page.getByLabel('Value of variable 1').fill('2');
    await page.getByRole('button', { name: 'Apply' }).click();
    await ready();
    assert.deepEqual(await titles(), ['of the other']);
  },

  async 'an error is shown with its code'() {
    await write('{ notes { author_id nothing } }');
    const answer = await run();
    const alert = page.locator('.graphiql-footer [role=alert]');
    await alert.waitFor();
    const said = await alert.innerText();
    assert.ok(said.includes(answer.errors[0].message) && said.includes(answer.errors[0].extensions.code), said);
    await write('{ __typename }');
    await run();
    await alert.waitFor({ state: 'detached' });
  },

  async 'a wrong secret opens nothing and is told so'() {
    const other = await context.newPage();
    await other.goto(`${about.console}#admin-secret=wrong`);
    const alert = other.getByRole('alert');
    await alert.waitFor();
    assert.ok((await alert.innerText()).includes('invalid'), await alert.innerText());
    assert.equal(await other.locator('.graphiql-container').count(), 0);
    await other.close();
  },

  async 'panels, dialogs and themes work under the policy'() {
    await role('admin');
    for (const panel of ['Explorer', 'History', 'Subscriptions']) {
      await page.getByLabel(`Show ${panel}`).click();
      await page.getByLabel(`Hide ${panel}`).waitFor();
    }
    await page.getByText('Subscriptions are not served yet.').waitFor();
    for (const dialog of ['short keys', 'settings']) {
      await page.getByLabel(`Open ${dialog} dialog`).click();
      await page.locator('.graphiql-dialog').waitFor();
      await page.keyboard.press('Escape');
      await page.locator('.graphiql-dialog').waitFor({ state: 'detached' });
    }
    await page.getByLabel('Theme: system').click();
    await page.getByLabel('Theme: light').click();
    assert.ok(await page.evaluate(() => document.body.classList.contains('graphiql-dark')));
  },

  async 'the keyboard alone opens the session, runs a query and completes a name'() {
    await page.locator(SESSION).focus();
    await page.keyboard.press('Enter');
    await page.locator('dialog.session[open]').waitFor();
    await page.keyboard.press('Escape');
    await page.locator('dialog.session').waitFor({ state: 'detached' });
    await write('{ not');
    await page.keyboard.press('Control+Space');
    await page.locator('.CodeMirror-hints').getByText('notes', { exact: true }).waitFor();
    await page.keyboard.press('Escape');
    await write('{ __typename }');
    const answered = answer();
    await page.keyboard.press('Control+Enter');
    assert.equal((await answered).data.__typename, 'query_root');
  },

  async 'names, descriptions and rows that look like markup stay text'() {
    await page.getByLabel('Show Documentation Explorer').click();
    await page.locator('.graphiql-doc-explorer').getByText('authors', { exact: true }).first().click();
    await page.getByText('window.attacked=\'script\'', { exact: false }).first().waitFor();
    await write('{ authors { id name } }');
    await run();
    await page.locator('.graphiql-query-editor .cm-property', { hasText: 'id' }).first().hover();
    await page.locator('.CodeMirror-info').waitFor();
    assert.equal(await page.evaluate(() => window.attacked), undefined);
    // The picture of the description asked for another origin: the policy has to refuse it, and nothing else may.
    const pictures = (fact) => fact.includes('attacker.example');
    assert.ok((await violations()).every(pictures), JSON.stringify(await violations()));
    assert.ok((await violations()).some(pictures), 'the picture was not even tried');
    mistakes.splice(0, mistakes.length, ...mistakes.filter((mistake) => !pictures(mistake)));
    await page.evaluate(() => (window.violations = []));
  },

  async 'whatever the page could be made to ask elsewhere is blocked'() {
    const outcome = await page.evaluate(() =>
      fetch('https://attacker.example/').then(() => 'sent', (error) => error.name));
    assert.equal(outcome, 'TypeError');
    const inline = await page.evaluate(() => {
      const script = document.createElement('script');
      script.textContent = "window.attacked = 'inline'";
      document.body.append(script);
      return window.attacked ?? null;
    });
    assert.equal(inline, null);
    assert.deepEqual((await violations()).map((fact) => fact.split(' ')[0]), ['connect-src', 'script-src-elem']);
    mistakes.length = 0;
    await page.evaluate(() => (window.violations = []));
  },

  async 'no request has left the origin'() {
    assert.ok(requests.length > 10, 'requests are not noted');
    // A request that the policy refuses is noted as well, though it never leaves the page.
    const left = requests.filter((url) => url !== 'about:blank' && !url.startsWith(`${origin}/`) && !url.includes('attacker.example'));
    assert.deepEqual(left, []);
  },
};

async function start(binary) {
  const server = spawn(binary, ['dev', '--project', folder, '--bind', '127.0.0.1:0', '--format', 'json', '--unauthorized-role', 'public', '--log', 'error'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const line of createInterface({ input: server.stdout })) return { server, about: JSON.parse(line) };
  throw new Error(`${binary} ended before it served`);
}

const ready = () => page.locator('[data-ready=true] .CodeMirror').first().waitFor();
const editor = () => page.locator('.graphiql-query-editor .CodeMirror');
const text = () => editor().evaluate((element) => element.CodeMirror.getValue());
const shown = () => page.locator(ANSWER).innerText();
const violations = () => page.evaluate(() => window.violations);

async function close() {
  await page.evaluate(() => sessionStorage.clear());
}

async function write(query) {
  await editor().click();
  await page.keyboard.press('Control+A');
  await page.keyboard.press('Delete');
  await page.keyboard.insertText(query);
}

/** The next answer of the server. */
async function answer() {
  const response = await page.waitForResponse((response) => response.url().endsWith('/v1/graphql'));
  return JSON.parse(await response.text());
}

/** Runs what is written, and waits until the answer is on the page. */
async function run() {
  const answered = answer();
  await page.locator(RUN).click();
  const body = await answered;
  const [key] = Object.keys(body);
  await page.locator(ANSWER, { hasText: `"${key}"` }).waitFor();
  return body;
}

async function role(name) {
  await page.locator('.role select').selectOption(name);
  await page.locator('[data-ready=true]').waitFor();
}

let failed = 0;
for (const [name, test] of Object.entries(tests)) {
  mistakes.length = 0;
  try {
    await test();
    assert.deepEqual(mistakes, []);
    assert.deepEqual(await violations(), []);
    console.log(`ok      ${name}`);
  } catch (error) {
    failed += 1;
    console.log(`FAILED  ${name}\n${error.stack ?? error}${mistakes.map((mistake) => `\n        ${mistake}`).join('')}`);
  }
}
await context.close();
server.kill('SIGTERM');
await new Promise((ended) => server.once('exit', ended));
await rm(folder, { recursive: true, force: true });
console.log(`${Object.keys(tests).length - failed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
