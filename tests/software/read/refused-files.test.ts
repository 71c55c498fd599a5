import { describe, expect, it } from '../../support/test.ts';
import { cycloneDx, cycloneDxXml, gzip, malware, read, refusalOf, saidOf, spdx, spdx3, toBytes, zip } from './files-for-tests.ts';

const mb = 1024 ** 2;
const nested = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`;
const listWith = (text: string) => `{"bomFormat":"CycloneDX","specVersion":"1.5","components":[],"properties":${text}}`;

describe('a file', () => {
  it('[F954] is recognized by its content, whatever its name', () => {
    for (const file of ['a.csv', 'report.pdf', 'bom.xml', 'sbom.spdx.json', 'MAL-1.yaml', 'x.zip']) {
      expect([file, read(cycloneDx, file).lists[0]?.format, read(cycloneDxXml, file).lists[0]?.format]).toEqual([
        file,
        'CYCLONEDX',
        'CYCLONEDX',
      ]);
      expect([file, read(spdx, file).lists[0]?.format, read(spdx3, file).lists[0]?.format, read(malware, file).records.length]).toEqual([
        file,
        'SPDX',
        'SPDX',
        1,
      ]);
    }
    expect(read(Buffer.from(`\ufeff${JSON.stringify(spdx)}`)).lists.length).toBe(1);
    expect(read(Buffer.from(`\ufeff${JSON.stringify(spdx)}`, 'utf16le')).lists).toEqual(read(spdx).lists);
    expect(read(`\n <?xml version="1.0"?>${cycloneDxXml.slice(cycloneDxXml.indexOf('\n'))}`.trimStart()).lists.length).toBe(1);
  });

  it('[F954] packed as .gz or .zip, or one in the other, is read', () => {
    expect(read(gzip(cycloneDx)).lists).toEqual(read(cycloneDx).lists);
    const archive = zip({
      'quillmark/gateway.json': cycloneDx,
      'feed/MAL-2026-1.json.gz': gzip(malware),
      'README.md': '# About: these',
      '__MACOSX/x': 'x',
    });
    const reading = read(archive, 'boms.zip');
    expect(reading.lists.map(({ place }) => place.file)).toEqual(['boms.zip/quillmark/gateway.json']);
    expect(reading.records.map(({ place }) => place.file)).toEqual(['boms.zip/feed/MAL-2026-1.json']);
    expect(reading.questions[0]).toMatchObject({
      proposals: [{ name: 'Quillmark' }, { name: 'Quillmark Labs' }, { name: 'quillmark' }, { name: 'gateway' }],
    });
    expect(reading.warnings.map(({ place, message }) => `${place.file} ${message.slice(0, 74)}`)).toEqual([
      'boms.zip/README.md boms.zip/README.md is neither a software list nor an advisory, but text of',
    ]);
    expect(read(gzip(zip({ 'a.json': cycloneDx })), 'boms.zip.gz').lists.length).toBe(1);
    const many = read(
      zip(Object.fromEntries([['a.json', cycloneDx], ...Array.from({ length: 1200 }, (_, index) => [`${index}.txt`, 'words'])])),
      'a.zip.gz',
    );
    expect([many.warnings.length, many.warnings.at(-1)?.message]).toEqual([1001, '200 more warnings of other files are not shown.']);
    const partly = read(zip({ 'a.json': cycloneDx, 'b.json.bz2': Buffer.from('BZh9aaaa') }), 'a.zip');
    expect(partly.warnings.map(({ message }) => message)).toEqual([
      'a.zip/b.json.bz2 is packed as .bz2, which is not read. Unpack it, or pack it as .gz or .zip, and import that.',
    ]);
  });

  it('[F954] that is neither a list nor an advisory is refused, and says what is read', () => {
    const refusal = refusalOf({ hello: 1 }, 'a.json');
    expect(refusal).toBe(
      'BAD_USER_INPUT: a.json is neither a software list nor an advisory, but JSON of another kind. Import CycloneDX 1.2 to 1.7 (JSON, XML), SPDX 2.2, 2.3 or 3.0 (JSON), OSV (JSON, YAML), CSAF 2.0, OpenVEX 0.2, or a document of PyPI or npm.',
    );
    for (const other of [
      '[]',
      '{}',
      '[1,"a",null]',
      'null',
      '"id"',
      'id,name\n1,2\n',
      '<html></html>',
      'name: x\nversion: 1\n',
      'plain words',
    ])
      expect([other, refusalOf(other)]).toEqual([other, expect.stringContaining('is neither a software list nor an advisory')]);
    expect(refusalOf('')).toBe('BAD_USER_INPUT: file is empty. Export the list or the advisory again, and import that.');
    expect(refusalOf(zip({ 'a.txt': 'nothing here' }), 'a.zip')).toContain('a.zip/a.txt is neither');
    expect(refusalOf(zip({}), 'a.zip')).toBe('BAD_USER_INPUT: a.zip holds no file. Pack the lists or advisories, and import that.');
  });

  it('[F954] that is damaged is refused', () => {
    expect(refusalOf('{\n"bomFormat": "CycloneDX",\n"components": [\n')).toBe(
      'BAD_USER_INPUT: file is not valid JSON (Unexpected end of JSON input). Export it again, and import that.',
    );
    expect(refusalOf('{\n"bomFormat": "CycloneDX",\n"components": [}\n')).toMatch(/is not valid JSON \(Unexpected token .*}/);
    expect(refusalOf('<bom xmlns="http://cyclonedx.org/schema/bom/1.5"><components></bom>')).toContain('is not XML that can be read (');
    expect(refusalOf('id: X\naffected: [\n')).toContain('is not YAML that can be read');
    expect(refusalOf(Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22]))).toContain('is neither UTF-8 nor UTF-16 text');
    expect(refusalOf(gzip(cycloneDx).subarray(0, 200))).toContain('is damaged');
    const archive = zip({ 'a.json': cycloneDx });
    expect(refusalOf(archive.subarray(0, archive.length - 30))).toContain('is damaged');
    const flipped = Buffer.from(archive);
    flipped[60] = (flipped[60] as number) ^ 0xff;
    expect(refusalOf(flipped)).toContain('is damaged');
  });

  it('[F954] in a form that is not read says what to do', () => {
    const packed = (...start: number[]) => refusalOf(Buffer.from([...start, ...new Array<number>(300).fill(1)]), 'a');
    expect(packed(0x42, 0x5a, 0x68, 0x39)).toBe(
      'BAD_USER_INPUT: a is packed as .bz2, which is not read. Unpack it, or pack it as .gz or .zip, and import that.',
    );
    expect(packed(0xfd, 0x37, 0x7a, 0x58, 0x5a, 0)).toContain('is packed as .xz, which is not read');
    expect(packed(0x28, 0xb5, 0x2f, 0xfd)).toContain('is packed as .zst, which is not read');
    expect(refusalOf('SPDXVersion: SPDX-2.3\nDataLicense: CC0-1.0\n')).toContain(
      'is SPDX in its tag form, which is not read. Convert it to SPDX JSON',
    );
    expect(refusalOf(gzip(gzip(gzip(cycloneDx))))).toContain('is an archive in an archive in an archive');
    const locked = zip({ 'a.json': cycloneDx });
    locked.writeUInt16LE(1, locked.indexOf(Buffer.from([0x50, 0x4b, 1, 2])) + 8);
    expect(refusalOf(locked)).toContain('is encrypted');
  });

  it('[F955] of XML with a document type or an entity is refused', () => {
    const withType = (type: string) => cycloneDxXml.replace('<bom', `${type}<bom`);
    for (const type of [
      '<!DOCTYPE bom>',
      '<!DOCTYPE bom SYSTEM "http://evil.example/x.dtd">',
      '<!DOCTYPE bom [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>',
    ])
      expect(refusalOf(withType(type))).toBe(
        'BAD_USER_INPUT: file declares a document type or entities, which are not read. Remove the declaration, and import the file again.',
      );
    expect(refusalOf(cycloneDxXml.replace('<name>deep', '<name>&file;deep'))).toContain('is not XML that can be read (');
    expect(read(cycloneDxXml.replace('<name>deep', '<name>a &amp; b &#x41;')).lists[0]?.components[4]?.name).toBe('a & b A');
  });

  it('[F955] of more than 64 levels is refused, and one of 64 is read', () => {
    const refused = 'LIMIT_EXCEEDED: file holds more than 64 levels of arrays and objects. No list or advisory does: look at what made it.';
    expect(refusalOf(listWith(nested(63)))).toBe('read: 1 lists, 0 records, 0 documents');
    expect(refusalOf(listWith(nested(64)))).toBe(refused);
    expect(refusalOf('['.repeat(2 * mb))).toContain('is not valid JSON');
    expect(refusalOf('['.repeat(12 * mb))).toBe(refused);
    expect(refusalOf(listWith(`${nested(64)},"pad":"${'x'.repeat(12 * mb)}"`))).toBe(refused);
    expect(refusalOf(listWith(`${nested(63)},"pad":"${'[{\\"'.repeat(3 * mb)}"`))).toBe('read: 1 lists, 0 records, 0 documents');
    expect(refusalOf(`${JSON.stringify(malware)}\n${nested(65)}`)).toBe(refused);
    expect(refusalOf(`<bom xmlns="http://cyclonedx.org/schema/bom/1.5">${'<components><component>'.repeat(40)}`)).toContain(
      'holds more than 64 levels of elements',
    );
    expect(refusalOf(`id: X\naffected: ${nested(300)}\n`)).toContain('holds more than 64 levels of lists and mappings');
  });

  it('[F955] of more than 200,000 components is refused, and one of 200,000 is read', () => {
    const listOf = (count: number) =>
      `{"bomFormat":"CycloneDX","specVersion":"1.5","components":[${Array.from({ length: count }, (_, index) => `{"name":"${index}"}`).join()}]}`;
    expect(read(listOf(200_000)).lists[0]?.components.length).toBe(200_000);
    expect(refusalOf(listOf(200_001), 'a.json')).toBe(
      'LIMIT_EXCEEDED: a.json states more than 200,000 components, the most that are read of a list. Write a list for each of its parts, and import those.',
    );
    expect(refusalOf(zip({ 'a.json': malware, 'b.json': listOf(200_001) }), 'a.zip')).toContain(
      'LIMIT_EXCEEDED: a.zip/b.json states more than',
    );
  });

  it('[F955] of more than 64 MB after unpacking, or 100 times its packed size, is refused before it is unpacked', () => {
    const large = Buffer.alloc(64 * mb + 1, 'x');
    const tooLarge = 'PAYLOAD_TOO_LARGE: file holds more than 64 MB, the most that is read of a file. Split it into smaller files.';
    const tooDense = 'unpacks to more than 100 times its size, which no list does.';
    expect(refusalOf(large)).toBe(tooLarge);
    expect(refusalOf(gzip(Buffer.alloc(2 * mb, ' ')))).toContain(`PAYLOAD_TOO_LARGE: file ${tooDense}`);
    expect(refusalOf(zip({ 'bomb.json': Buffer.alloc(2 * mb, ' ') }))).toContain(`PAYLOAD_TOO_LARGE: file/bomb.json ${tooDense}`);
    const lying = zip({ 'bomb.json': Buffer.alloc(2 * mb, ' ') });
    const directory = lying.indexOf(Buffer.from([0x50, 0x4b, 1, 2]));
    lying.writeUInt32LE(1000, directory + 24);
    expect(refusalOf(lying)).toContain('is damaged');
    const random = Buffer.alloc(65 * mb);
    let state = 1;
    for (let at = 0; at < random.length; at += 4) {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      random.writeUInt32LE(state, at);
    }
    expect(refusalOf(gzip(random))).toBe(tooLarge);
  });

  it('[F955] whose entries share bytes is refused', () => {
    const archive = zip({ 'a.json': 'x'.repeat(50), 'b.json': JSON.stringify(malware) });
    const entry = archive.subarray(archive.lastIndexOf(Buffer.from([0x50, 0x4b, 1, 2])), archive.length - 22);
    const end = archive.subarray(archive.length - 22);
    const count = 50;
    const head = archive.subarray(0, archive.indexOf(Buffer.from([0x50, 0x4b, 1, 2])));
    const directory = Buffer.concat(new Array<Buffer>(count).fill(entry));
    const closing = Buffer.from(end);
    closing.writeUInt16LE(count, 8);
    closing.writeUInt16LE(count, 10);
    closing.writeUInt32LE(directory.length, 12);
    expect(refusalOf(Buffer.concat([head, directory, closing]))).toContain('is damaged');
  });

  it('[F955] with fields of any type is read or refused, and sets no prototype', () => {
    for (const odd of [null, 1, 'x', [], {}, [[]], [null, 1, { a: 1 }], true]) {
      for (const key of [
        'components',
        'metadata',
        'dependencies',
        'compositions',
        'vulnerabilities',
        'serialNumber',
        'version',
        'specVersion',
      ])
        expect(() => read({ ...cycloneDx, [key]: odd })).not.toThrow();
      for (const key of ['packages', 'relationships', 'creationInfo', 'documentDescribes', 'documentNamespace', 'SPDXID'])
        expect(() => read({ ...spdx, [key]: odd })).not.toThrow();
      for (const key of ['affected', 'aliases', 'references', 'database_specific', 'withdrawn', 'modified', 'summary'])
        expect(() => read({ ...malware, [key]: odd })).not.toThrow();
      expect(() => read({ ...spdx3, '@graph': [...spdx3['@graph'], odd] })).not.toThrow();
      expect(() => read({ document: { csaf_version: '2.0', tracking: odd }, product_tree: odd, vulnerabilities: odd })).not.toThrow();
    }
    const polluting = `{"bomFormat":"CycloneDX","specVersion":"1.5","__proto__":{"polluted":1},"components":[{"name":"a","__proto__":{"polluted":1},"constructor":1}]}`;
    expect(read(polluting).lists[0]?.components[0]?.name).toBe('a');
    expect(read(cycloneDxXml.replace('<name>deep', '<__proto__><polluted>1</polluted></__proto__><name>deep')).lists.length).toBe(1);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
    expect(saidOf(read(polluting))).toEqual([]);
  });

  it('[F955] with a text of any length keeps none of more than 1,000 letters', () => {
    const long = 'x'.repeat(1001);
    const reading = read({
      bomFormat: 'CycloneDX',
      specVersion: '1.5',
      components: [
        { name: long, purl: `pkg:npm/${long}`, version: long },
        { name: 'b', version: long },
      ],
    });
    expect(reading.lists[0]?.components.map(({ name, version }) => [name, version])).toEqual([['b', null]]);
    expect(reading.warnings[0]?.message.length).toBeLessThan(400);
    expect(toBytes(reading.warnings[0]?.message).toString()).toContain('is left out');
  });
});
