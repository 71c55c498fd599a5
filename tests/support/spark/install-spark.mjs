/** `npm run spark:install [-- 4]`: installs the PySpark of the tests, or that of the long tests, in a virtual environment outside the project, once. */
import { register } from 'tsx/esm/api';

register();
const { installSpark } = await import('./pyspark.ts');
const [line = '3'] = process.argv.slice(2);
try {
  if (line !== '3' && line !== '4') throw new Error(`There is no Spark ${line} among the tests: give 4 or nothing.`);
  installSpark(line);
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
