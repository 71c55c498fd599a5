import { Command, Option } from 'commander';
import type { Role } from '../auth/identity.ts';
import { roles } from '../auth/identity.ts';
import type { Token } from '../auth/tokens.ts';
import { Tokens } from '../auth/tokens.ts';
import { resolveCurrentId } from '../questions/resolved-ids.ts';
import type { FactStore } from '../store/fact-store.ts';
import {
  formatTable,
  instantOption,
  print,
  printJson,
  type StoreFlags,
  tell,
  UsageError,
  useStore,
  withJson,
  withStore,
} from './command/run-command.ts';

interface CreateFlags extends StoreFlags {
  readonly role: string;
  readonly export?: boolean;
  readonly lab?: readonly string[];
  readonly for?: string;
  readonly expires?: number;
}

export function tokenCommand(): Command {
  return new Command('token')
    .description('Create, list and revoke API tokens.')
    .addCommand(createCommand())
    .addCommand(listCommand())
    .addCommand(revokeCommand());
}

function createCommand(): Command {
  return withJson(withStore(new Command('create')))
    .description('Create an API token and print it. It cannot be printed again: the store keeps its hash.')
    .argument('<name>', 'the name under which its writes are recorded')
    .addOption(
      new Option('--role <role>', 'viewer reads; analyst also imports, edits and keeps incidents; admin may do everything')
        .choices(roles.map((role) => role.toLowerCase()))
        .makeOptionMandatory(),
    )
    .option('--export', 'it may also download lists, files and all facts')
    .option('--lab <id...>', 'bind it to labs: it sees what these may be told, and nothing else (role viewer)')
    .option('--for <person>', 'the person whose token it is: it is revoked when the identity provider says that the person left')
    .addOption(instantOption('--expires <instant>', 'when it expires (default: never)'))
    .action(async (name: string, flags: CreateFlags) => {
      const role = flags.role.toUpperCase() as Role;
      const labs = flags.lab ?? null;
      if (labs !== null && role !== 'VIEWER') throw new UsageError('A token that is bound to labs only reads. Give it --role viewer.');
      const token = await useStore(flags, 'sample', async (store) => {
        for (const lab of labs ?? []) await warnOfUnknown(store, lab);
        const wanted = { name, role, canExport: flags.export ?? false, labs, owner: flags.for ?? null, expiresAt: flags.expires ?? null };
        return new Tokens(store).create(wanted, Date.now());
      });
      if (flags.json) printJson({ token });
      else {
        tell('Keep this token: it cannot be printed again. Send it as Authorization: Bearer TOKEN, or paste it into the log-in page.');
        print(token);
      }
    });
}

async function warnOfUnknown(store: FactStore, lab: string): Promise<void> {
  const resolved = await resolveCurrentId(store, lab);
  const [found] = await store.readFactsByKey('ORGANIZATION', [resolved]);
  if (found !== undefined && resolved !== lab)
    tell(`"${lab}" is merged into "${resolved}": while it is, the token sees what "${resolved}" may be told.`);
  if (found === undefined) tell(`There is no organization "${lab}" yet. Until there is, the token sees nothing of it.`);
}

function listCommand(): Command {
  return withJson(withStore(new Command('list')))
    .description('List all API tokens, the oldest first.')
    .action(async (flags: StoreFlags) => {
      const tokens = await useStore(flags, 'sample', (store) => new Tokens(store).list());
      if (flags.json) printJson(tokens.map(toJson));
      else if (tokens.length === 0) print('There are no tokens. Create one with exposure token create.');
      else {
        const rows = tokens.map((token) => [
          token.name,
          token.role.toLowerCase(),
          token.canExport ? 'yes' : 'no',
          token.labs?.join(', ') ?? 'all',
          token.owner ?? '',
          dayOf(token.createdAt),
          token.expiresAt === null ? 'never' : dayOf(token.expiresAt),
          token.revokedAt === null ? '' : dayOf(token.revokedAt),
        ]);
        print(formatTable(['name', 'role', 'export', 'labs', 'for', 'created', 'expires', 'revoked'], rows));
      }
    });
}

function revokeCommand(): Command {
  return withJson(withStore(new Command('revoke')))
    .description('Revoke an API token. Every server refuses it from its next request on.')
    .argument('<name>', 'the name of the token')
    .action(async (name: string, flags: StoreFlags) => {
      const isRevoked = await useStore(flags, 'sample', (store) => new Tokens(store).revoke(name, Date.now()));
      if (flags.json) printJson({ name, isRevoked });
      else print(isRevoked ? `The token "${name}" is revoked.` : `The token "${name}" was revoked before.`);
    });
}

function toJson({ createdAt, expiresAt, revokedAt, ...token }: Token) {
  return { ...token, createdAt: isoOf(createdAt), expiresAt: isoOf(expiresAt), revokedAt: isoOf(revokedAt) };
}

function isoOf(instant: number | null): string | null {
  return instant === null ? null : new Date(instant).toISOString();
}

function dayOf(instant: number): string {
  return new Date(instant).toISOString().slice(0, 10);
}
