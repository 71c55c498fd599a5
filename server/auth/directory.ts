import { randomUUID } from 'node:crypto';
import { compareCodePoints } from '../domain/compare.ts';
import { ExposureError } from '../domain/errors.ts';
import type { ListedGroup, ListedPerson } from '../domain/records/listed-person.ts';
import { isSameName } from '../domain/records/listed-person.ts';
import type { FactStore } from '../store/fact-store.ts';
import type { DocumentCollection } from '../store/store-record.ts';

/** A record of the directory. `version` rises with each change. */
export interface Listed<T> {
  readonly id: string;
  readonly version: number;
  readonly value: T;
}

/** Whether the directory lists somebody who logs in as active, and in which groups. */
export interface Standing {
  readonly isActive: boolean;
  /** Names of groups; null: the directory has no groups, so those of the log-in count. */
  readonly groups: readonly string[] | null;
}

interface DirectoryLists {
  readonly people: readonly Listed<ListedPerson>[];
  readonly groups: readonly Listed<ListedGroup>[];
}

/** Another server's change counts after this long: somebody who left is out within a minute. */
const freshMs = 5000;

/**
 * The people and groups that an identity provider keeps here by SCIM (RFC 7643), as documents of the store, so that all servers know them.
 *
 * While a server has a directory, only people whom it lists as active may log in, and a deactivated person's next request is refused.
 */
export class Directory {
  readonly #store: Pick<FactStore, 'listDocuments' | 'findDocument' | 'saveDocument' | 'deleteDocument'>;
  readonly #clock: () => number;
  #read: { readonly at: number; readonly lists: Promise<DirectoryLists> } | undefined;

  constructor(store: FactStore, clock: () => number) {
    this.#store = store;
    this.#clock = clock;
  }

  /**
   * Finds a person in the directory by the provider's id, else by the user name, else by an address. Case does not matter.
   *
   * @param sub the provider's id of the person
   * @param name under which its writes are recorded
   * @returns undefined for a person whom it does not list
   * Throws STORE_UNAVAILABLE.
   */
  async find({ sub, name }: { readonly sub: string; readonly name: string }): Promise<Standing | undefined> {
    const { people, groups } = await this.#lists();
    const found =
      people.find(({ value }) => value.externalId === sub) ??
      people.find(({ value }) => isSameName(value.userName, name)) ??
      people.find(({ value }) => value.emails.some((one) => isSameName(one.value, name)));
    if (found === undefined) return undefined;
    return {
      isActive: found.value.isActive,
      groups:
        groups.length === 0 ? null : groups.filter(({ value }) => value.members.includes(found.id)).map(({ value }) => value.displayName),
    };
  }

  /** Everybody, as the store has it now: people by user name, groups by name, in code point order. */
  async list(): Promise<DirectoryLists> {
    const [people, groups] = [await this.#listAll<ListedPerson>('person'), await this.#listAll<ListedGroup>('group')];
    return {
      people: people.sort((a, b) => compareCodePoints(a.value.userName, b.value.userName)),
      groups: groups.sort((a, b) => compareCodePoints(a.value.displayName, b.value.displayName)),
    };
  }

  /** Undefined if there is none. */
  findPerson(id: string): Promise<Listed<ListedPerson> | undefined> {
    return this.#findOne('person', id);
  }

  findGroup(id: string): Promise<Listed<ListedGroup> | undefined> {
    return this.#findOne('group', id);
  }

  /**
   * Adds a person, or changes it.
   *
   * @param at the record that it changes, as it was read; undefined: a new one
   * Throws CONFLICT: somebody else changed it, or another person has its user name or its provider's id.
   */
  async savePerson(person: Omit<ListedPerson, 'createdAt' | 'changedAt'>, at?: Listed<ListedPerson>): Promise<Listed<ListedPerson>> {
    const refuseSecond = async (own: string | undefined) => {
      const { people } = await this.list();
      const other = people.find(({ id, value }) => id !== own && isSamePerson(value, person));
      if (other !== undefined)
        throw new ExposureError('CONFLICT', `There is a person with the user name ${person.userName} or this externalId already.`);
    };
    await refuseSecond(at?.id);
    const saved = await this.#save('person', person, at);
    // Two servers may add one person at once. Then neither stays, and the provider asks again.
    if (at === undefined)
      await refuseSecond(saved.id).catch(async (error) => {
        await this.removePerson(saved.id);
        throw error;
      });
    return saved;
  }

  /** As `savePerson`. Throws CONFLICT also for a second group of one name, and BAD_USER_INPUT for a member whom it does not list. */
  async saveGroup(group: Omit<ListedGroup, 'createdAt' | 'changedAt'>, at?: Listed<ListedGroup>): Promise<Listed<ListedGroup>> {
    const { people, groups } = await this.list();
    if (groups.some(({ id, value }) => id !== at?.id && value.displayName === group.displayName))
      throw new ExposureError('CONFLICT', `There is a group named ${group.displayName} already.`);
    const known = new Set(people.map(({ id }) => id));
    // A group may still name a person whom a removal that broke off has deleted.
    const earlier = new Set(at?.value.members);
    const stranger = group.members.find((id) => !known.has(id) && !earlier.has(id));
    if (stranger !== undefined)
      throw new ExposureError(
        'BAD_USER_INPUT',
        `The member ${stranger.slice(0, 80)} is not a person of this directory. Add the person first.`,
      );
    return this.#save('group', { ...group, members: [...new Set(group.members)].filter((id) => known.has(id)) }, at);
  }

  /** Also leaves the person out of its groups. False if there was none. */
  async removePerson(id: string): Promise<boolean> {
    const isRemoved = await this.#store.deleteDocument('person', id);
    this.#read = undefined;
    for (const group of (await this.list()).groups)
      if (group.value.members.includes(id))
        await this.saveGroup({ ...group.value, members: group.value.members.filter((member) => member !== id) }, group);
    return isRemoved;
  }

  async removeGroup(id: string): Promise<boolean> {
    const isRemoved = await this.#store.deleteDocument('group', id);
    this.#read = undefined;
    return isRemoved;
  }

  /** At most `freshMs` old. A failure is not kept. */
  #lists(): Promise<DirectoryLists> {
    const now = this.#clock();
    if (this.#read === undefined || Math.abs(now - this.#read.at) >= freshMs) {
      const read = { at: now, lists: this.list() };
      this.#read = read;
      read.lists.catch(() => {
        if (this.#read === read) this.#read = undefined;
      });
    }
    return this.#read.lists;
  }

  async #listAll<T>(collection: DocumentCollection): Promise<Listed<T>[]> {
    const documents = await this.#store.listDocuments(collection);
    return documents.map(({ id, version, json }) => ({ id, version, value: JSON.parse(json) as T }));
  }

  async #findOne<T>(collection: DocumentCollection, id: string): Promise<Listed<T> | undefined> {
    const found = await this.#store.findDocument(collection, id);
    return found === undefined ? undefined : { id, version: found.version, value: JSON.parse(found.json) as T };
  }

  async #save<T extends { readonly createdAt: number; readonly changedAt: number }>(
    collection: DocumentCollection,
    value: Omit<T, 'createdAt' | 'changedAt'>,
    at: Listed<T> | undefined,
  ): Promise<Listed<T>> {
    const now = this.#clock();
    const whole = { ...value, createdAt: at?.value.createdAt ?? now, changedAt: now } as T;
    const id = at?.id ?? randomUUID();
    const { version } = await this.#store.saveDocument(collection, id, JSON.stringify(whole), at?.version ?? 0);
    this.#read = undefined;
    return { id, version, value: whole };
  }
}

function isSamePerson(one: ListedPerson, other: Pick<ListedPerson, 'userName' | 'externalId'>): boolean {
  return isSameName(one.userName, other.userName) || (one.externalId !== null && one.externalId === other.externalId);
}
