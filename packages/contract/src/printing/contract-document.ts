import { enums } from '../enums.ts';
import { events } from '../events.ts';
import { methods } from '../interface.ts';
import { interfaces } from '../interfaces.ts';
import { camelCase, commonRefusals, type MethodDescriptor } from '../method.ts';
import { extensionMethods } from '../methods/extensions.ts';
import { privileges } from '../privileges.ts';
import { refusals } from '../refusals.ts';
import { refusedCode, wireErrors } from '../rpc/wire-error.ts';
import type { TSchema } from '../schema.ts';
import { maximumFrameBytes } from '../transport/transport.ts';
import { parametersSchema } from '../validation/method-checks.ts';
import {
  AttachRequest,
  AttachResult,
  brokerMethods,
  brokerNotifications,
  LoggedOffMessage,
  LogonGrant,
  LogonRefusal,
  LogonRequest,
  SnapshotPartMessage,
  StreamItemMessage,
} from '../wire/gateway.ts';
import {
  EventMessage,
  InitializeRequest,
  InitializeResult,
  LaunchParameters,
  localExtensions,
  localNotifications,
  OperationFailedValues,
  RuntimeFile,
} from '../wire/local.ts';
import { AgentSnapshot } from '../wire/snapshot.ts';
import { typeName } from './type-name.ts';

/** Schemas that stand once, under `$defs`, and are referred to. */
const definitions: Record<string, TSchema> = {
  ...interfaces,
  AgentSnapshot,
  LogonRequest,
  LogonGrant,
  LogonRefusal,
  AttachRequest,
  AttachResult,
  SnapshotPartMessage,
  StreamItemMessage,
  LoggedOffMessage,
  InitializeRequest,
  InitializeResult,
  EventMessage,
  OperationFailedValues,
  LaunchParameters,
  RuntimeFile,
};
const names = new Map<unknown, string>(Object.entries(definitions).map(([name, schema]) => [schema, name]));

/** A schema in which the named ones are references. `self` is the one that stands here in full. */
const withReferences = (value: unknown, self: unknown = null): unknown => {
  const name = value === self ? undefined : names.get(value);
  if (name !== undefined) return { $ref: `#/$defs/${name}` };
  if (Array.isArray(value)) return value.map(each => withReferences(each));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, withReferences(member)]));
};

const methodDocument = (method: MethodDescriptor) => ({
  name: method.name,
  wireName: camelCase(method.name),
  group: method.group,
  text: method.text,
  tab: method.tab,
  tabOnly: method.tabOnly ?? false,
  answeredBy: method.answeredBy,
  privilege: method.privilege,
  refusals: method.refusals,
  whenRefused: method.whenRefused,
  returns: typeName(method.result),
  parameters: method.parameters.map(each => ({
    name: each.name,
    type: typeName(each.schema),
    optional: each.optional,
  })),
  parametersSchema: withReferences(parametersSchema(method)),
  resultSchema: withReferences(method.result),
});

/** Everything that the contract says, as data for programs in other languages. Its schemas are JSON Schema (2020-12). */
export const contractDocument = () => ({
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Cordboard: the AgentClient integration interface and its wires',
  wire: {
    protocol: 'JSON-RPC 2.0',
    maximumFrameBytes,
    refusedCode,
    errors: Object.entries(wireErrors)
      .filter(([, error]) => error.code !== null)
      .map(([kind, error]) => ({ kind, ...error })),
    broker: { methods: Object.values(brokerMethods), notifications: Object.values(brokerNotifications) },
    local: { methods: Object.values(localExtensions), notifications: Object.values(localNotifications) },
  },
  methods: methods.map(each => methodDocument(each)),
  extensionMethods: extensionMethods.map(each => methodDocument(each)),
  events: events.map(each => ({
    name: each.name,
    text: each.text,
    tab: each.tab,
    from: each.from,
    values: each.values.map(typeName),
    valuesSchema: { type: 'array', prefixItems: each.values.map(value => withReferences(value)) },
  })),
  enums,
  privileges,
  commonRefusals,
  refusals,
  $defs: Object.fromEntries(
    Object.entries(definitions).map(([name, schema]) => [name, withReferences(schema, schema)]),
  ),
});

export const printContractDocument = (): string => `${JSON.stringify(contractDocument(), null, 1)}\n`;
