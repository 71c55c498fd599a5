import { parse } from 'yaml';

export interface ComposeService {
  readonly image?: string;
  readonly user?: string;
  readonly ports: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly volumes: readonly string[];
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly healthcheck?: { readonly test: readonly string[] };
  readonly read_only?: boolean;
  readonly cap_drop?: readonly string[];
  readonly cap_add?: readonly string[];
  readonly security_opt?: readonly string[];
  readonly mem_limit?: string;
}

/** compose.yaml as Compose reads it with this environment. Throws with the file's own sentence if a required variable is missing. */
export function readCompose(text: string, environment: Readonly<Record<string, string>>) {
  const filled = text.replace(/\$\$|\$\{(\w+):([?-])([^}]*)\}/g, (whole, name: string | undefined, operator, rest) => {
    if (name === undefined) return whole;
    const value = environment[name];
    if (value !== undefined && value !== '') return value;
    if (operator === '?') throw new Error(`required variable ${name} is missing a value: ${rest}`);
    return rest;
  });
  return parse(filled) as { services: Record<'app' | 'neo4j', ComposeService>; volumes: Record<string, null> };
}

/** The command of a health check, as the shell of its container gets it. */
export function readHealthCommand({ healthcheck }: ComposeService): string {
  const [how, command] = healthcheck?.test ?? [];
  if (how !== 'CMD-SHELL' || command === undefined) throw new Error(`A health check of ${how} is not read here.`);
  return command.replaceAll('$$', '$');
}

export interface DockerStep {
  /** The instruction in capitals: COPY, RUN, ENV. */
  readonly verb: string;
  readonly text: string;
}

/** The steps of each stage, without comments and with continued lines joined. */
export function readDockerfile(text: string): DockerStep[][] {
  const stages: DockerStep[][] = [];
  for (const line of text.replace(/\\\n\s*/g, '').split('\n')) {
    const step = /^([A-Z]+)\s+(.*)$/.exec(line);
    if (step === null) continue;
    if (step[1] === 'FROM') stages.push([]);
    stages.at(-1)?.push({ verb: step[1] as string, text: step[2] as string });
  }
  return stages;
}
