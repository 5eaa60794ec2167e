import {
  type Arguments,
  type CamelCase,
  camelCase,
  type MethodDescriptor,
  type NamedArguments,
} from './method.ts';
import { agentMethods } from './methods/agent.ts';
import { callControlMethods } from './methods/call-control.ts';
import { dispatchMethods } from './methods/dispatch.ts';
import { extensionMethods } from './methods/extensions.ts';
import { sessionRetrievalMethods } from './methods/session-retrieval.ts';
import { startupMethods } from './methods/startup.ts';
import { workspaceMethods } from './methods/workspace.ts';
import type { Static } from './schema.ts';

/** All 88 methods of the documented interface, in the seed's order. */
export const methods = [
  ...startupMethods,
  ...callControlMethods,
  ...agentMethods,
  ...sessionRetrievalMethods,
  ...dispatchMethods,
  ...workspaceMethods,
] as const;

/** The documented methods, and those beyond them. */
export const allMethods = [...methods, ...extensionMethods] as const;

type Named = (typeof allMethods)[number];
/** `AnswerCall` */
export type DocumentedName = Named['name'];
/** `answerCall` */
export type MethodName = CamelCase<DocumentedName>;

type DescriptorsByName = { [D in Named as CamelCase<D['name']>]: D };
export type DescriptorOf<Name extends MethodName> = DescriptorsByName[Name];
export type ArgumentsOf<Name extends MethodName> = Arguments<DescriptorsByName[Name]['parameters']>;
export type NamedArgumentsOf<Name extends MethodName> = NamedArguments<DescriptorsByName[Name]['parameters']>;
export type ResultOf<Name extends MethodName> = Static<DescriptorsByName[Name]['result']>;

/** Methods by who answers them: a table of handlers over one of these types misses none. */
export type MethodsAnsweredBy<By extends MethodDescriptor['answeredBy']> = {
  [D in Named as D['answeredBy'] extends By ? CamelCase<D['name']> : never]: D;
};
export type SiteMethodName = keyof MethodsAnsweredBy<'site'>;
export type ApplicationMethodName = keyof MethodsAnsweredBy<'application'>;
export type ClientMethodName = keyof MethodsAnsweredBy<'client'>;
export type WorkspaceMethodName = keyof MethodsAnsweredBy<'workspace'>;

const table = new Map<string, MethodDescriptor>(allMethods.map(each => [camelCase(each.name), each]));

/** The descriptor of a method by its camelCase name, or undefined: an unknown method. */
export const findMethod = (name: string): MethodDescriptor | undefined => table.get(name);
export const isMethodName = (name: string): name is MethodName => table.has(name);
