/** Starts the thread from its TypeScript source: `tsx` given as a flag does not reach worker threads. Built code needs none of this. */
import { register } from 'tsx/esm/api';

register();
await import('./reading-thread.ts');
