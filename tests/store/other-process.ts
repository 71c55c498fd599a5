import { lockForServing, openStore } from '../../server/store/open-store.ts';
import { patient } from '../support/neo4j/neo4j-for-tests.ts';
import { edit, importOf, vendor } from './assertions-for-tests.ts';

/** The other process of sqlite-processes.test.ts: `URL write COUNT NAME`, `URL import COUNT ID` or `URL serve`. */
const [url = '', task, count = '0', name = ''] = process.argv.slice(2);

if (task === 'serve') {
  lockForServing(url);
  process.stdout.write('serving\n');
  setInterval(() => undefined, 1000);
} else {
  const store = await openStore(url, patient);
  if (task === 'import') {
    process.stdout.write('importing\n');
    await store.commit(
      importOf(
        name,
        Array.from({ length: Number(count) }, (_, i) => vendor(`${name} ${i}`)),
      ),
    );
  } else {
    for (let i = 0; i < Number(count); i++) await store.commit(edit([vendor(`${name} ${i}`, { website: `${name} ${i}` })], { by: name }));
    process.stdout.write('wrote\n');
  }
  await store.close();
}
