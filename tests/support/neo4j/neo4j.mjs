/**
 * `npm run neo4j [-- OPTIONS]`: a throw-away Neo4j on this machine, without Docker. Ctrl-C stops it and deletes its data.
 */
import { parseArgs } from 'node:util';
import { register } from 'tsx/esm/api';

const usage = `npm run neo4j -- [--port 7687] [--heap 1g] [--auth neo4j/PASSWORD] [--keep FOLDER]
  --port   where it listens on 127.0.0.1
  --heap   memory for its Java heap
  --auth   ask for this password (8 characters or more); default: nobody is asked
  --keep   data stays in this folder, and is there the next time`;

function fail(message) {
  console.error(message);
  process.exit(2);
}

function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        port: { type: 'string', default: '7687' },
        heap: { type: 'string', default: '1g' },
        auth: { type: 'string' },
        keep: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    });
    return values;
  } catch (error) {
    return fail(`${error.message}\n${usage}`);
  }
}

const { port, heap, auth, keep, help } = readOptions();
if (help) {
  console.log(usage);
  process.exit(0);
}
if (!/^\d+$/.test(port) || Number(port) > 65_535) fail(`--port ${port}: a number up to 65535 was expected.`);
if (!/^\d+[mg]$/.test(heap)) fail(`--heap ${heap}: a size such as 512m or 2g was expected.`);
const password = auth?.startsWith('neo4j/') ? auth.slice('neo4j/'.length) : undefined;
if (auth !== undefined && (password === undefined || password.length < 8))
  fail('--auth: neo4j/PASSWORD was expected, the password of 8 characters or more. A new Neo4j knows the user neo4j alone.');

let server;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
  process.once(signal, async () => {
    await server?.stop();
    process.exit(0);
  });

register();
const { startNeo4j } = await import('./neo4j-server.ts');
try {
  server = await startNeo4j({
    isLongLived: true,
    heap,
    ...(port === '0' ? {} : { port: Number(port) }),
    ...(password === undefined ? {} : { auth: { username: 'neo4j', password } }),
    ...(keep === undefined ? {} : { keep }),
  });
  console.log(server.url());
  console.error(`Neo4j runs in ${server.folder}${keep === undefined ? ', deleted when it stops' : ''}. Ctrl-C stops it. In another terminal:
  EXPOSURE_STORE=${server.url()}${password === undefined ? '' : ' NEO4J_USERNAME=neo4j NEO4J_PASSWORD=…'} npm start`);
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
