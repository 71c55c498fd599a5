import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readConfig } from '../../server/configuration/config.ts';
import { packageVersion } from '../../server/configuration/package-root.ts';
import { describe, expect, it } from '../support/test.ts';
import { type ComposeService, readCompose, readDockerfile } from './container-files.ts';
import { root } from './run-exposure.ts';

const read = (name: string) => readFileSync(join(root, name), 'utf8');
const filled = {
  NEO4J_PASSWORD: 'x',
  EXPOSURE_NAME: 'exposure.example.org',
  EXPOSURE_SESSION_SECRET: 's'.repeat(32),
  EXPOSURE_AUDIT_KEY: 'k'.repeat(32),
};
const services = ['compose.yaml', 'docs/compose.tls.yaml'].flatMap((file) =>
  Object.entries<ComposeService>(readCompose(read(file), filled).services).map(
    ([name, service]) => [`${name} of ${file}`, service] as const,
  ),
);
const dockerfile = read('Dockerfile');
const image = Object.fromEntries(
  readDockerfile(dockerfile).flatMap((steps) =>
    steps.filter(({ verb }) => verb === 'ENV').flatMap(({ text }) => text.split(' ').map((pair) => pair.split('=') as [string, string])),
  ),
);

describe('a container', () => {
  it.each(services)('[C440] %s has no capability that it does not need, no way to more, and a limit of memory', (name, service) => {
    expect(service.cap_drop).toEqual(['ALL']);
    expect(service.cap_add ?? []).toEqual(name.startsWith('proxy') ? ['NET_BIND_SERVICE'] : []);
    expect(service.security_opt).toEqual(['no-new-privileges:true']);
    expect(service.mem_limit).toMatch(/^\d+[mg]$/);
    expect(service.read_only ?? false).toBe(!name.startsWith('neo4j'));
  });

  it('[C441] runs an image of an exact version', () => {
    for (const [name, { image: tag }] of services)
      expect({ name, tag }).toEqual({
        name,
        tag: expect.stringMatching(name.startsWith('app') ? `^exposure-graph:${packageVersion()}$` : /^\w+:\d+\.\d+\.\d+-\w+$/),
      });
    const from = dockerfile.split('\n').filter((line) => line.startsWith('FROM '));
    expect(from).toHaveLength(2);
    for (const line of from) expect(line).toMatch(/^FROM node:\d+\.\d+\.\d+-bookworm-slim( AS build)?$/);
  });

  it('[C442] of the app needs a token, in the compose files and alone', () => {
    const apps = services.filter(([name]) => name.startsWith('app')).map(([, { environment }]) => environment);
    expect(apps).toHaveLength(2);
    for (const environment of [{}, ...apps]) {
      const { NODE_ENV, MALLOC_MMAP_THRESHOLD_, ...variables } = { ...image, ...environment } as Record<string, string>;
      expect(readConfig({}, variables)).toMatchObject({ host: '0.0.0.0', isAuthRequired: true });
    }
    for (const file of ['README.md', 'compose.yaml', 'docs/compose.tls.yaml', 'docs/neo4j.md'])
      expect(read(file)).not.toMatch(/EXPOSURE_AUTH[=:]\s*none/);
  });

  it('[Q1001] holds the kernel of a batch and its job for Spark', () => {
    const copied = readDockerfile(dockerfile)
      .at(-1)
      ?.flatMap(({ verb, text }) => (verb === 'COPY' ? [text.split(' ').slice(-2)] : []));
    expect(copied).toContainEqual(['/app/dist', './dist']);
    expect(copied).toContainEqual(['/app/server/batch/spark-job.py', './server/batch/']);
    expect(read('server/threads/build-server.mjs')).toContain("outfile: 'dist/server/batch/kernel.mjs'");
  });
});
