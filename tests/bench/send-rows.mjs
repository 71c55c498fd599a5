import { readFileSync } from 'node:fs';
import compression from 'compression';
import express from 'express';

/*
 * The baseline of an export: a server that sends rows as `JSON.stringify` writes them, through the same Express and gzip as the program.
 *
 * Use: node send-rows.mjs FILE, which holds the rows as JSON.
 */
const rows = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const app = express();
app.disable('etag');
app.use(compression({ level: 3 }));
app.get('/rows.json', (_request, response) => {
  response.type('json').send(JSON.stringify(rows));
});
const server = app.listen(0, '127.0.0.1', () => process.stdout.write(`http://127.0.0.1:${server.address().port}\n`));
