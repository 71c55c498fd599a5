import { BlockList, isIP } from 'node:net';

/*
 * Where webhooks may go (docs/webhooks.md). A request of the server reaches what its user cannot, such as the metadata of a cloud or a database
 * beside it. So nothing is allowed but hosts that the configuration lists, and of these only public addresses, unless a network is listed too.
 */

export interface StatedTargets {
  /** Exact names of hosts, or `.suffix` for all names under it. */
  readonly hosts: readonly string[];
  /** CIDRs whose addresses may be private, use http and any port. */
  readonly networks: readonly string[];
}

const maxUrlLength = 2000;
/** Of https, as URL has them: 443 is the default. */
const ports: ReadonlySet<string> = new Set(['', '8443']);

/** Addresses that are no public unicast: the special-purpose registry of IANA and multicast. The last is a platform's own service under a public address. */
const refusedIpv4 = [
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12', '192.0.0.0/24', '192.0.2.0/24'],
  ...['192.31.196.0/24', '192.52.193.0/24', '192.88.99.0/24', '192.168.0.0/16', '192.175.48.0/24', '198.18.0.0/15', '198.51.100.0/24'],
  ...['203.0.113.0/24', '224.0.0.0/4', '240.0.0.0/4', '168.63.129.16/32'],
];
/** Public unicast is in 2000::/3. Mapped IPv4, NAT64, link-local, unique local and multicast addresses are not. */
const publicIpv6 = ['2000::/3'];
/** Teredo, benchmarking, ORCHID and others of the first; documentation; 6to4; AS112. */
const refusedIpv6 = ['2001::/23', '2001:db8::/32', '2002::/16', '2620:4f:8000::/48', '3fff::/20'];
const mappedIpv4 = toBlockList(['::ffff:0:0/96']);

const [privateV4, globalV6, privateV6] = [refusedIpv4, publicIpv6, refusedIpv6].map(toBlockList) as [BlockList, BlockList, BlockList];

/** The rules of one configuration. */
export class TargetRules {
  readonly #hosts: readonly string[];
  readonly #networks: BlockList;
  readonly #hasNetworks: boolean;

  /** @param stated checked before by `isHostRule` and `isNetwork` */
  constructor({ hosts, networks }: StatedTargets) {
    this.#hosts = hosts.map((host) => host.toLowerCase());
    this.#networks = toBlockList(networks);
    this.#hasNetworks = networks.length > 0;
  }

  /** Nothing is allowed, as by default. */
  get isOff(): boolean {
    return this.#hosts.length === 0 && !this.#hasNetworks;
  }

  /** Why no webhook may go to an address of the web, as a sentence; undefined: its name may be looked up, and what it leads to is checked then. */
  findFault(text: string): string | undefined {
    if (this.isOff)
      return 'Webhooks are off: no host is allowed. Set EXPOSURE_WEBHOOK_HOSTS to the names of the hosts to which they may go, and restart.';
    const shown = JSON.stringify(text.slice(0, 80));
    if (text.length > maxUrlLength) return `The url ${shown}… has ${text.length} characters; expected at most ${maxUrlLength}.`;
    const url = URL.canParse(text) ? new URL(text) : undefined;
    if (url === undefined || !/^https?:$/.test(url.protocol))
      return `The url ${shown} is no address of the web; expected one such as https://hooks.example.org/exposure.`;
    if (url.username !== '' || url.password !== '')
      return 'The url holds a user or a password. Leave them out: the signature proves who sends.';
    if (url.hash !== '') return 'The url has a fragment, which no server would get. Leave out what follows the #.';
    const host = hostOf(url);
    if (isIP(host) !== 0) {
      if (this.isListed(host)) return undefined;
      return `The url leads to the address ${host}, which EXPOSURE_WEBHOOK_NETWORKS does not list. Name a host, or have its network listed.`;
    }
    if (!this.#isNamed(host))
      return `EXPOSURE_WEBHOOK_HOSTS does not list the host ${host.slice(0, 253)}. Name a host that it lists, or have this one listed.`;
    if (needsListedNetwork(url) && !this.#hasNetworks)
      return `The url has ${url.protocol === 'http:' ? 'http' : `the port ${url.port}`}; expected https and the port 443 or 8443. Only networks in EXPOSURE_WEBHOOK_NETWORKS may have others.`;
    return undefined;
  }

  /** Whether a connection may go to an address to which the host of the url leads. */
  isAllowed(address: string, url: URL): boolean {
    return this.isListed(address) || (!needsListedNetwork(url) && isPublic(address));
  }

  /** Whether EXPOSURE_WEBHOOK_NETWORKS lists an address. */
  isListed(address: string): boolean {
    return isPlainAddress(address) && this.#networks.check(address, familyOf(address));
  }

  #isNamed(host: string): boolean {
    return this.#hosts.some((rule) => (rule.startsWith('.') ? host.endsWith(rule) && host.length > rule.length : host === rule));
  }
}

/** The host of a url, an IPv6 address without brackets. */
export function hostOf(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '');
}

/** http and other ports are for listed networks alone. */
function needsListedNetwork(url: URL): boolean {
  return url.protocol === 'http:' || !ports.has(url.port);
}

/** Whether an address is unicast that the whole internet reaches. */
export function isPublic(address: string): boolean {
  if (!isPlainAddress(address)) return false;
  if (isIP(address) === 4) return !privateV4.check(address, 'ipv4');
  return globalV6.check(address, 'ipv6') && !privateV6.check(address, 'ipv6');
}

/** Without a zone, and no IPv4 address in the form of IPv6: each address has one spelling under the rules. */
function isPlainAddress(address: string): boolean {
  const family = isIP(address);
  return family !== 0 && !address.includes('%') && !(family === 6 && mappedIpv4.check(address, 'ipv6'));
}

/** Whether a text is an exact name of a host, or `.suffix`. */
export function isHostRule(text: string): boolean {
  const name = text.replace(/^\./, '').toLowerCase();
  if (!/^[a-z0-9_-]+(\.[a-z0-9_-]+)*$/.test(name) || name.length > 253) return false;
  // A text that URL reads as an address, such as 127.1, is no name of a host.
  const url = `https://${name}`;
  return isIP(name) === 0 && URL.canParse(url) && new URL(url).hostname === name;
}

/** Whether a text is an address, or a CIDR. */
export function isNetwork(text: string): boolean {
  const [address, bits, ...rest] = text.split('/') as [string, string?, ...string[]];
  if (!isPlainAddress(address) || rest.length > 0) return false;
  const most = isIP(address) === 4 ? 32 : 128;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= most);
}

function toBlockList(networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [address, bits] = network.split('/') as [string, string?];
    const family = familyOf(address);
    list.addSubnet(address, bits === undefined ? (family === 'ipv4' ? 32 : 128) : Number(bits), family);
  }
  return list;
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIP(address) === 4 ? 'ipv4' : 'ipv6';
}
