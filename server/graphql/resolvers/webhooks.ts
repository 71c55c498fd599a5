import { maxAttempts } from '../../domain/records/endpoint.ts';
import { notFound } from '../../questions/records/faults.ts';
import { replayToEndpoint } from '../../watches/watch-records.ts';
import { testEndpoint } from '../../webhooks/delivery-engine.ts';
import type { ShownSecret } from '../../webhooks/endpoint-records.ts';
import { deleteEndpoint, listDeliveries, listEndpoints, rotateSecret, saveEndpoint } from '../../webhooks/endpoint-records.ts';
import type { Context } from '../context.ts';
import type { EndpointResolvers, MutationResolvers, QueryResolvers } from '../generated/resolvers.ts';

const storeOf = ({ services }: Context) => services.questions.store;
const clockOf = ({ services }: Context) => services.questions.clock;

export const endpointQueries = {
  endpoints: (_, _args, context) => listEndpoints(storeOf(context)),
} satisfies QueryResolvers;

export const endpointMutations = {
  saveEndpoint: async (_, { input }, context) => {
    const { rules } = context.services.webhooks.outlet;
    return toPayload(await saveEndpoint(storeOf(context), rules, context.identity, input, clockOf(context)()));
  },
  rotateEndpointSecret: async (_, { input: { id } }, context) => toPayload(await rotateSecret(storeOf(context), id, clockOf(context)())),
  deleteEndpoint: async (_, { input: { id } }, context) =>
    (await deleteEndpoint(storeOf(context), id))
      ? { deletedId: id, userErrors: [] }
      : { deletedId: null, userErrors: [notFound('endpoint', id)] },
  testEndpoint: async (_, { input: { id } }, context) => {
    const delivery = await testEndpoint(storeOf(context), context.services.webhooks, id, clockOf(context));
    return delivery === undefined ? { delivery: null, userErrors: [notFound('endpoint', id)] } : { delivery, userErrors: [] };
  },
  replayEvent: async (_, { input: { event, endpoint } }, context) => {
    const { rules } = context.services.webhooks.outlet;
    const { delivery, faults } = await replayToEndpoint(storeOf(context), rules, context.identity, event, endpoint, clockOf(context)());
    return { delivery, userErrors: [...faults] };
  },
} satisfies MutationResolvers;

function toPayload({ endpoint, secret, faults }: ShownSecret) {
  return { endpoint, secret, userErrors: [...faults] };
}

export const Endpoint: EndpointResolvers = {
  deliveries: async ({ id }, { first }, context) => {
    const count = Math.max(0, Math.min(first ?? 10, maxAttempts));
    return (await listDeliveries(storeOf(context), { endpoint: id })).slice(0, count);
  },
};
