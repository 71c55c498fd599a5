/** Makes a process collect its garbage each second, so that its resident memory is what it needs. For measures of memory alone. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
setInterval(runInNewContext('gc'), 1000).unref();
