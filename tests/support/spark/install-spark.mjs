/** `npm run spark:install`: installs the PySpark of the tests in a virtual environment outside the project, once. */
import { register } from 'tsx/esm/api';

register();
const { installSpark } = await import('./pyspark.ts');
try {
  installSpark();
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
