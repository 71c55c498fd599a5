import { readConfig } from '../../server/configuration/config.ts';
import { isHostRule, isNetwork, isPublic, TargetRules } from '../../server/webhooks/target-rules.ts';
import { describe, expect, it } from '../support/test.ts';

const rules = new TargetRules({ hosts: ['hooks.example.org', '.partner.example'], networks: ['10.20.0.0/16'] });

/** Ways to write an address of this machine, of its network or of a cloud's metadata. */
const spellings = [
  ...['127.0.0.1', '127.1', '127.0.1', '0', '0.0.0.0', '2130706433', '0x7f000001', '0x7f.1', '0x7F.0x0.0x0.0x1', '017700000001', '0177.1'],
  ...['00000177.0.0.1', '127.0.0.1.', '%31%32%37.0.0.1', '127%2e0%2e0%2e1', '１２７.0.0.1', '127。0。0。1', '①②⑦.⓪.⓪.①', '127.255.255.254'],
  ...['[::1]', '[::]', '[0:0:0:0:0:0:0:1]', '[::ffff:127.0.0.1]', '[::ffff:7f00:1]', '[0:0:0:0:0:ffff:7f00:0001]', '[::127.0.0.1]'],
  ...['[64:ff9b::127.0.0.1]', '[64:ff9b::7f00:1]', '[64:ff9b:1::7f00:1]', '[2002:7f00:1::]', '[2001:0:7f00:1::]', '[fe80::1]', '[fec0::1]'],
  ...['[fc00::1]', '[fd00:ec2::254]', '[ff02::1]', '[2001:db8::1]', '[::ffff:a9fe:a9fe]', '169.254.169.254', '0xA9FEA9FE', '2852039166'],
  ...[
    '0251.0376.0251.0376',
    '169.254.43518',
    '10.0.0.1',
    '10.20.0.1.example',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '192.168.257',
  ],
  ...[
    '100.64.0.1',
    '100.100.100.200',
    '168.63.129.16',
    '198.18.0.1',
    '192.0.0.8',
    '192.0.2.1',
    '224.0.0.1',
    '240.0.0.1',
    '255.255.255.255',
  ],
  ...[
    'localhost',
    'LOCALHOST',
    'localhost.',
    'ip6-localhost',
    'foo.localhost',
    'localtest.me',
    '127.0.0.1.nip.io',
    'metadata.google.internal',
  ],
  ...['8.8.8.8', '[2606:4700::1111]', 'hooks.example.org.', 'hooks.example.org.evil.example', 'xhooks.example.org', 'partner.example'],
  ...['hooks.example.org@127.0.0.1', 'hooks.example.org:secret@127.0.0.1', '127.0.0.1#@hooks.example.org', '127.0.0.1\\@hooks.example.org'],
  ...['127.0.0.1/hooks.example.org', '127.0.0.1?hooks.example.org', 'hooks.example.org:22', 'hooks.example.org:80', 'hooks.example.org:0'],
];

describe('where webhooks may go', () => {
  it('[S1000] no spelling of a forbidden address is allowed, and the sentence names the variable', () => {
    expect(new Set(spellings).size).toBeGreaterThan(60);
    const allowed = spellings.filter(
      (host) => new TargetRules({ hosts: ['hooks.example.org'], networks: [] }).findFault(`https://${host}/`) === undefined,
    );
    expect(allowed).toEqual([]);
    expect(rules.findFault('https://127.0.0.1/')).toMatch(/127\.0\.0\.1, which EXPOSURE_WEBHOOK_NETWORKS does not list/);
    expect(rules.findFault('https://evil.example/')).toMatch(/EXPOSURE_WEBHOOK_HOSTS does not list the host evil\.example/);
  });

  it('[S1000] other schemes, users, fragments and texts that are no address are refused', () => {
    const refused = [
      ...[
        'http://hooks.example.org.evil/',
        'ftp://hooks.example.org/',
        'file:///etc/passwd',
        'javascript:alert(1)',
        '//hooks.example.org/',
        '',
      ],
      ...['https://', 'https://user@hooks.example.org/', 'https://:p@hooks.example.org/', 'https://hooks.example.org/#x'],
      `https://hooks.example.org/${'x'.repeat(2000)}`,
    ];
    expect(refused.filter((url) => rules.findFault(url) === undefined)).toEqual([]);
  });

  it('[S1000] exact names, names under a suffix and listed networks are allowed; only the latter with http and any port', () => {
    const allowed = [
      ...[
        'https://hooks.example.org/a?b=c',
        'https://HOOKS.example.org:443/',
        'https://hooks.example.org:8443/',
        'https://a.b.partner.example/',
      ],
      ...['https://10.20.0.9/', 'http://10.20.255.1:8080/', 'https://10.20.0.9:9000/', 'http://hooks.example.org/'],
    ];
    expect(allowed.map((url) => rules.findFault(url)).filter((fault) => fault !== undefined)).toEqual([]);
    const onlyHosts = new TargetRules({ hosts: ['hooks.example.org'], networks: [] });
    expect(onlyHosts.findFault('http://hooks.example.org/')).toContain('EXPOSURE_WEBHOOK_NETWORKS');
    const [safe, plain] = [new URL('https://hooks.example.org/'), new URL('http://hooks.example.org/')];
    expect(
      ['8.8.8.8', '10.20.0.1', '10.21.0.1', '127.0.0.1'].map((one) => [rules.isAllowed(one, safe), rules.isAllowed(one, plain)]),
    ).toEqual([
      ...[
        [true, false],
        [true, true],
        [false, false],
        [false, false],
      ],
    ]);
  });

  it('[S1001] public is unicast that the whole internet reaches', () => {
    const others = [
      ...['0.1.2.3', '10.0.0.1', '100.64.0.1', '100.127.255.255', '127.0.0.1', '169.254.169.254', '172.16.0.1', '172.31.0.1', '192.0.0.1'],
      ...[
        '192.0.2.1',
        '192.88.99.1',
        '192.168.0.1',
        '198.18.0.1',
        '198.19.255.255',
        '198.51.100.1',
        '203.0.113.1',
        '224.0.0.1',
        '255.255.255.255',
      ],
      ...['::', '::1', '::ffff:8.8.8.8', '::8.8.8.8', '64:ff9b::808:808', '100::1', '2001::1', '2001:2::1', '2001:20::1', '2001:db8::1'],
      ...['2002:808:808::', '3fff::1', '4000::1', '5f00::1', 'fc00::1', 'fd12::1', 'fe80::1', 'fe80::1%lo', 'fec0::1', 'ff02::1', 'x', ''],
    ];
    expect(others.filter(isPublic)).toEqual([]);
    const all = ['1.1.1.1', '8.8.8.8', '100.63.255.255', '100.128.0.1', '172.32.0.1', '223.255.255.255', '2606:4700::1111', '2a00:1450::1'];
    expect(all.filter((address) => !isPublic(address))).toEqual([]);
  });

  it('[S1000] without configuration everything is refused; wrong values stop the start', () => {
    const off = new TargetRules(readConfig({}, {}).webhooks);
    expect([off.isOff, off.findFault('https://hooks.example.org/')]).toEqual([true, expect.stringContaining('EXPOSURE_WEBHOOK_HOSTS')]);
    const { webhooks } = readConfig(
      {},
      { EXPOSURE_WEBHOOK_HOSTS: 'a.example, .b.example', EXPOSURE_WEBHOOK_NETWORKS: '10.0.0.0/8,fd00::/8' },
    );
    expect(webhooks).toEqual({ hosts: ['a.example', '.b.example'], networks: ['10.0.0.0/8', 'fd00::/8'] });
    for (const hosts of ['*', 'https://a.example', 'a.example:443', '127.0.0.1', '127.1', '[::1]', 'a..example', 'ä.example'])
      expect(() => readConfig({}, { EXPOSURE_WEBHOOK_HOSTS: hosts })).toThrow(
        `EXPOSURE_WEBHOOK_HOSTS is "${hosts}"; expected names of hosts`,
      );
    for (const networks of ['10.0.0.0/33', 'fd00::/129', 'local', '10.0.0/8', '::ffff:10.0.0.1', '10.0.0.0/8/9'])
      expect(() => readConfig({}, { EXPOSURE_WEBHOOK_NETWORKS: networks })).toThrow(
        `EXPOSURE_WEBHOOK_NETWORKS is "${networks}"; expected CIDRs`,
      );
    expect([isHostRule('.example'), isHostRule(''), isNetwork('10.1.2.3'), isNetwork('')]).toEqual([true, false, true, false]);
  });
});
