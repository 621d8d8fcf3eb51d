// The audit of GraphQL over HTTP (https://graphql.github.io/graphql-over-http/draft/) by the suite of `graphql-http`,
// against the real binary: `node audit.mjs PATH-OF-PURLIN`. What it finds against a MUST or a SHOULD is a failure;
// a MAY is the server's own choice, and is only told.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import assert from 'node:assert/strict';
import { serverAudits } from 'graphql-http';

/** Longest wait for the server's start and for one answer, in milliseconds. */
const PATIENCE = 20_000;
const FLAGS = ['--bind', '127.0.0.1:0', '--format', 'json', '--unauthorized-role', 'public', '--log', 'error'];

const folder = await mkdtemp(join(tmpdir(), 'purlin-audit-'));
let server;
let failed = 0;
try {
  await cp(new URL('../project', import.meta.url), folder, { recursive: true });
  const binary = resolve(process.argv[2] ?? 'target/debug/purlin');
  server = spawn(binary, ['dev', '--project', folder, ...FLAGS], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(server, 'spawn');
  failed = await audit(`${await origin(server)}/v1/graphql`);
} finally {
  if (server?.kill('SIGTERM')) await once(server, 'exit');
  await rm(folder, { recursive: true, force: true });
}
process.exit(failed === 0 ? 0 : 1);

/** Runs every audit, tells of each that is not satisfied, and gives how many had to be. */
async function audit(url) {
  const fetchFn = (url, options) => fetch(url, { ...options, signal: AbortSignal.timeout(PATIENCE) });
  const audits = serverAudits({ url, fetchFn });
  assert.ok(audits.some(({ name }) => name.startsWith('MUST ')) && audits.some(({ name }) => name.startsWith('SHOULD ')));
  let passed = 0;
  let failed = 0;
  for (const { fn } of audits) {
    const { id, name, status, reason, response } = await fn();
    if (status === 'ok') passed += 1;
    else if (status === 'notice') console.log(`choice  ${id} ${name}: ${reason}`);
    else {
      failed += 1;
      const body = response.bodyUsed ? '' : `\n        ${await response.text()}`;
      console.log(`FAILED  ${id} ${name}: ${reason}\n        ${response.status} ${response.headers.get('content-type')}${body}`);
    }
  }
  console.log(`${passed} passed, ${failed} failed`);
  return failed;
}

/** Where the server is, which is in the first line that it writes. */
async function origin(server) {
  const lines = createInterface({ input: server.stdout });
  const late = setTimeout(() => server.kill('SIGKILL'), PATIENCE);
  try {
    for await (const line of lines) return new URL(JSON.parse(line).console).origin;
  } finally {
    clearTimeout(late);
  }
  throw new Error('the server ended before it served');
}
