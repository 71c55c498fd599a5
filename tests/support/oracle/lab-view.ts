import type { Stated, World } from '../worlds/world.ts';
import { factsOf, keyOf } from '../worlds/world.ts';
import { isNamedBy, isSameName, isTellingName } from './naming-text.ts';

/** §10, "A lab's view", read line by line: the facts that one lab may be told, without the texts that name a hidden lab. */
export function oracleLabView(world: World, lab: string): Stated[] {
  const organizations = factsOf(world, 'ORGANIZATION');
  const own = factsOf(world, 'ARTIFACT').filter(({ owner }) => owner === lab);
  const ownIds = own.map(({ id }) => id);
  const ownTransfers = factsOf(world, 'TRANSFER').filter(({ artifact }) => ownIds.includes(artifact));
  // "Whatever names another lab is left out, unless that lab is a party to one of its own transfers."
  const parties = ownTransfers.flatMap(({ sender, recipient }) => [sender, recipient]);
  const hidden = organizations.filter(({ id, roles }) => roles.includes('LAB') && id !== lab && !parties.includes(id));
  const hiddenIds = hidden.map(({ id }) => id);
  // "Its id, name and aliases, each also without its legal form; the registrable domains of its website and e-mail."
  const labTerms = hidden.flatMap(({ id, name, aliases, website, contactEmail }) => [
    ...[id, name, ...aliases].flatMap((term) => [term, term.replace(/[\s,]+(inc|gmbh|l\.?l\.?c|ltd)\.?$/i, '')]),
    ...[website, contactEmail].flatMap((address) => address?.match(/[^./@]+\.example\b/g) ?? []),
  ]);
  const namesLab = (text: string) => labTerms.some((term) => isNamedBy(text, term));
  // "Names of its artifacts that have at least two words or twelve letters and that no visible artifact has", as its name or in its id.
  const visible = own.filter(({ id }) => !namesLab(id));
  const artifactTerms = factsOf(world, 'ARTIFACT')
    .filter(({ owner, name }) => hiddenIds.includes(owner) && isTellingName(name))
    .map(({ name }) => name)
    .filter((name) => !visible.some((fact) => isNamedBy(fact.id, name) || isSameName(fact.name, name)));
  const names = (text: string) => namesLab(text) || artifactTerms.some((term) => isNamedBy(text, term));
  const isVisible = (organization: string) => organization === lab || (!hiddenIds.includes(organization) && !names(organization));

  // "Itself; its artifacts, their transfers, and reveals between its artifacts."
  const artifacts = own.filter(({ id }) => !names(id));
  const artifactIds = artifacts.map(({ id }) => id);
  const transfers = ownTransfers.filter(
    ({ id, artifact, sender, recipient }) => artifactIds.includes(artifact) && !names(id) && isVisible(sender) && isVisible(recipient),
  );
  const reveals = factsOf(world, 'REVEALS').filter((fact) => artifactIds.includes(fact.artifact) && artifactIds.includes(fact.reveals));
  // "The engagements on paths from it down."
  const engagementFacts = factsOf(world, 'ENGAGEMENT').filter(
    ({ id, client, provider }) => !names(id) && isVisible(client) && isVisible(provider),
  );
  let below = [lab];
  for (let count = 0; count !== below.length; ) {
    count = below.length;
    below = [...new Set([...below, ...engagementFacts.filter(({ client }) => below.includes(client)).map(({ provider }) => provider)])];
  }
  const engagements = engagementFacts.filter(({ client }) => below.includes(client));
  // "The organizations that these name."
  const named = [
    lab,
    ...transfers.flatMap(({ sender, recipient }) => [sender, recipient]),
    ...engagements.flatMap(({ client, provider }) => [client, provider]),
  ];
  // "Access facts that lead, in one or more steps, to such an organization, and their grantees."
  const accessFacts = factsOf(world, 'ACCESS').filter(({ id, grantee, grantor }) => !names(id) && isVisible(grantee) && isVisible(grantor));
  let led = [...new Set(named)];
  for (let count = 0; count !== led.length; ) {
    count = led.length;
    led = [...new Set([...led, ...accessFacts.filter(({ grantor }) => led.includes(grantor)).map(({ grantee }) => grantee)])];
  }
  const access = accessFacts.filter(({ grantor }) => led.includes(grantor));
  // "The controls of all these organizations."
  const controls = factsOf(world, 'CONTROL').filter(({ organization, control }) => led.includes(organization) && !names(control));

  const text = (value: string | null) => (value === null || names(value) ? null : value);
  const texts = (values: readonly string[]) => values.filter((value) => !names(value));
  const attributes = (values: readonly { name: string; value: string }[]) =>
    values.filter(({ name, value }) => !names(name) && !names(value));
  const engagementIds = engagements.map(({ id }) => id);
  const visibleFacts: Stated[] = [
    ...organizations
      .filter(({ id }) => led.includes(id))
      .map((fact) => ({
        ...fact,
        name: text(fact.name) ?? fact.id,
        aliases: texts(fact.aliases),
        website: text(fact.website),
        country: text(fact.country),
        contactEmail: text(fact.contactEmail),
        attributes: attributes(fact.attributes),
      })),
    ...artifacts.map((fact) => ({
      ...fact,
      name: text(fact.name) ?? fact.id,
      modelFamily: text(fact.modelFamily),
      version: text(fact.version),
    })),
    ...engagements.map((fact) => ({ ...fact, service: text(fact.service), attributes: attributes(fact.attributes) })),
    ...transfers.map((fact) => {
      const count = own.find(({ id }) => id === fact.artifact)?.fragmentCount ?? null;
      const isHiding = fact.fragments?.some(names) === true;
      return {
        ...fact,
        channel: text(fact.channel),
        engagement: fact.engagement !== null && engagementIds.includes(fact.engagement) ? fact.engagement : null,
        fragments: isHiding ? null : fact.fragments,
        portion: isHiding && count !== null ? Math.min(1, new Set(fact.fragments).size / count) : fact.portion,
      };
    }),
    ...access.map((fact) => ({ ...fact, software: text(fact.software) })),
    ...reveals.map((fact) => ({ ...fact, basis: text(fact.basis) })),
    ...controls.map((fact) => ({ ...fact, issuer: fact.issuer !== null && led.includes(fact.issuer) ? fact.issuer : null })),
  ];
  return visibleFacts.sort((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1));
}

const sortKey = (fact: Stated) => `${fact.kind} ${keyOf(fact)}`;
