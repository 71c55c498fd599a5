import { PackedRows } from '../../server/domain/packed/packed-assertions.ts';
import { lockForServing, openStore } from '../../server/store/open/open-store.ts';
import { patient } from '../support/neo4j/neo4j-for-tests.ts';
import { edit, importOf, vendor } from './assertions-for-tests.ts';

/** The other process of sqlite-processes.test.ts: `URL write COUNT NAME`, `URL import COUNT ID`, the same with `thread`, or `URL serve`. */
const [url = '', task, count = '0', name = '', thread] = process.argv.slice(2);

if (task === 'serve') {
  lockForServing(url);
  process.stdout.write('serving\n');
  setInterval(() => undefined, 1000);
} else {
  const store = await openStore(url, thread === undefined ? patient : { ...patient, threadFrom: 1 });
  if (task === 'import') {
    process.stdout.write('importing\n');
    const rows = new PackedRows();
    for (let i = 0; i < Number(count); i++) {
      rows.pack(vendor(`${name} ${i}`));
      rows.add('ORGANIZATION');
    }
    await store.commit(importOf(name, rows.finish()));
  } else {
    for (let i = 0; i < Number(count); i++) await store.commit(edit([vendor(`${name} ${i}`, { website: `${name} ${i}` })], { by: name }));
    process.stdout.write('wrote\n');
  }
  await store.close();
}
