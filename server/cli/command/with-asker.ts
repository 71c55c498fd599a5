import type { Config } from '../../configuration/config.ts';
import { readPolicy } from '../../configuration/read-policy.ts';
import { Asker } from '../../questions/asker.ts';
import type { AnswerOptions } from '../../questions/questions.ts';
import { Questions } from '../../questions/questions.ts';
import type { StoreFlags } from './run-command.ts';
import { useStore } from './run-command.ts';

/** Opens the store, asks, and closes the store. */
export function withAsker<T>(flags: StoreFlags, question: (asker: Asker) => Promise<T>): Promise<T> {
  // biome-ignore lint/correctness/useHookAtTopLevel: it is no React hook.
  return useStore(flags, 'content', (store, config) => question(new Asker(new Questions({ store, ...factsOf(config) }))));
}

/** How a command reads the facts, if they do not fit in memory, too, and by which policy it answers. Throws if the file of EXPOSURE_POLICY has none. */
export function factsOf(config: Config): AnswerOptions & Pick<Config, 'projection'> {
  const { projection, dataFolder, store, storeCredentials, streamTimeoutMs } = config;
  return {
    projection,
    policy: readPolicy(config.policyFile),
    batchFolder: dataFolder,
    stream: { url: store, credentials: storeCredentials, timeoutMs: streamTimeoutMs },
  };
}
