import type { Advisory, Availability } from '../software-facts.ts';
import { purlOf } from '../versions/purl.ts';
import type { JsonObject } from './json-fields.ts';
import { instantOf, isObject, itemsOf, objectOf, textOf } from './json-fields.ts';
import type { FileReading, Release } from './software-reading.ts';

/** PyPI's JSON of a project or release (`info`, `releases`, `urls`), or its index (`files`). */
export function isPyPi(value: JsonObject): boolean {
  const isProject = typeof objectOf(value.info).name === 'string' && (isObject(value.releases) || Array.isArray(value.urls));
  return isProject || isPyPiIndex(value);
}

const isPyPiIndex = (value: JsonObject) =>
  typeof value.name === 'string' && Array.isArray(value.files) && objectOf(value.meta)['api-version'] !== undefined;

/** npm's document of a package: each version, and when it was published. */
export function isPackument(value: JsonObject): boolean {
  return typeof value.name === 'string' && isObject(value.versions) && (isObject(value.time) || isObject(value['dist-tags']));
}

/** Reads when PyPI took in the first file of each version. PyPI's times without a zone are in UTC. */
export function readPyPi(project: JsonObject, reading: FileReading): void {
  const name = textOf(objectOf(project.info).name) ?? textOf(project.name);
  const purl = name === null ? null : purlOf('pypi', undefined, name);
  if (purl === null) {
    reading.warn(['info', 'name'], 'The project has no name. It is left out.');
    return;
  }
  const earliest = new Map<string, number>();
  const add = (version: string | null, file: unknown) => {
    const { upload_time_iso_8601: iso, upload_time: plain, 'upload-time': indexed } = objectOf(file);
    const at = instantOf(iso) ?? instantOf(plain) ?? instantOf(indexed);
    if (version !== null && at !== undefined) earliest.set(version, Math.min(at, earliest.get(version) ?? at));
  };
  for (const [version, files] of Object.entries(objectOf(project.releases))) for (const file of itemsOf(files)) add(textOf(version), file);
  const current = textOf(objectOf(project.info).version);
  for (const file of itemsOf(project.urls)) add(current, file);
  if (isPyPiIndex(project)) for (const file of itemsOf(project.files)) add(versionOfFile(textOf(objectOf(file).filename)), file);
  addReleases(reading, purl, earliest, 'releases');
}

/** The version in the name of a wheel or of a source archive (PEP 427, PEP 625). */
function versionOfFile(name: string | null): string | null {
  return (
    /^[^-]+-([^-]+)-(?:[^-]+-)?[^-]+-[^-]+-[^-]+\.whl$/.exec(name ?? '')?.[1] ??
    /^.+-(\d[^-]*)\.(?:tar\.gz|zip|tgz|tar\.bz2)$/.exec(name ?? '')?.[1] ??
    null
  );
}

/** Reads when npm published each version, also of versions that are gone: `time` keeps them. */
export function readPackument(packument: JsonObject, reading: FileReading): void {
  const name = textOf(packument.name) ?? '';
  const slash = name.lastIndexOf('/');
  const purl = purlOf('npm', slash < 0 ? undefined : name.slice(0, slash), name.slice(slash + 1));
  if (purl === null || !isObject(packument.time)) {
    reading.warn(
      [],
      purl === null
        ? 'The document states no name of a package. It is left out.'
        : 'The document states no time of a version: ask the registry for the full one. It is left out.',
    );
    return;
  }
  const times = new Map<string, number>();
  for (const [version, time] of Object.entries(packument.time)) {
    const at = version === 'created' || version === 'modified' ? undefined : instantOf(time);
    if (at !== undefined) times.set(version, at);
  }
  addReleases(reading, purl, times, 'time');
}

function addReleases(reading: FileReading, purl: string, times: ReadonlyMap<string, number>, path: string): void {
  if (times.size === 0) reading.warn([path], `The document states no time at which a version of ${purl} was published.`);
  for (const [version, stated] of times) {
    const from = reading.instant(new Date(stated).toISOString(), [path, version]);
    if (from !== null) reading.releases.push({ package: purl, version, from, place: reading.placeOf([path, version]) });
  }
}

/**
 * When the affected versions of an advisory could be installed from, as a registry says: one claim a version. Nothing says until when.
 *
 * @param isAffected whether a version is affected, by the order of its ecosystem
 */
export function availabilitiesOf(
  advisory: Pick<Advisory, 'id' | 'affected'>,
  releases: readonly Release[],
  isAffected: (affected: Advisory['affected'][number], version: string) => boolean,
): Availability[] {
  return releases
    .filter((release) => advisory.affected.some((each) => each.package === release.package && isAffected(each, release.version)))
    .map((release) => ({
      advisory: advisory.id,
      package: release.package,
      versions: [release.version],
      from: release.from,
      until: null,
      source: release.place.file,
    }));
}
