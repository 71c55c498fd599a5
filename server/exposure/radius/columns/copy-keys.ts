import { none } from '../../../projection/projection.ts';
import type { RadiusColumns } from './radius-columns.ts';

/** The country of the holder of a copy, by position in `held`. */
export function countryOf({ held, projection, reached }: RadiusColumns): (position: number) => string | null {
  const countries = reached.map(({ organization }) => projection.organizations.country.get(organization) ?? null);
  return (at) => countries[held.holder[at] as number] as string | null;
}

/** The channel by which a copy came, by position in `held`. A copy without a transfer has none. */
export function channelOf({ held, projection }: RadiusColumns): (position: number) => string | null {
  const { copies, transfers } = projection;
  return (at) => {
    const transfer = copies.transfer.at(held.copy[at] as number);
    return transfer === none ? null : (transfers.channel.get(transfer) ?? null);
  };
}
