import { ITab, ITemplate } from '../interfaces/workspace.ts';
import { method, parameter } from '../method.ts';
import { BoundedText, Int, Type } from '../schema.ts';
import { list, request, serviceGroupId, subscribe } from './shapes.ts';

/** Seed, "Tab control", "Real-Time Information", "E-mail control" and "SMS Control". */

const tabs = request('tab control', 'workspace');
const tabIndex = parameter('tabIndex', Int);
const TabOrNull = Type.Union([ITab, Type.Null()]);
const emails = request('e-mail', 'workspace');
const templates = list('e-mail', 'application');
const to = parameter('to', BoundedText(4096));
const cc = parameter('cc', BoundedText(4096));
const templateId = parameter('templateId', Int);

export const workspaceMethods = [
  tabs(
    'SetTabHeaderSymbol',
    [tabIndex, parameter('symbol', BoundedText(64)), parameter('htmlColor', BoundedText(64))],
    {
      tab: true,
      refusals: ['invalidValue'],
      text: 'Shows a symbol in a colour beside the name of a web tab; an empty one clears it.',
    },
  ),
  tabs('SelectTab', [tabIndex], {
    tab: true,
    refusals: ['invalidValue'],
    text: 'Makes a web tab the visible one; one in a dock bar comes to the front.',
  }),
  list('tab control', 'workspace')('GetAllTabs', [], ITab, { tab: true, text: 'The visible web tabs.' }),
  method({
    name: 'GetTabByName',
    group: 'tab control',
    tab: true,
    privilege: null,
    answeredBy: 'workspace',
    parameters: [parameter('name', BoundedText(256))],
    result: TabOrNull,
    whenRefused: null,
    refusals: [],
    text: 'The first visible web tab with exactly this name, or null.',
  }),
  method({
    name: 'GetTab',
    group: 'tab control',
    tab: true,
    tabOnly: true,
    privilege: null,
    answeredBy: 'workspace',
    parameters: [],
    result: TabOrNull,
    whenRefused: null,
    refusals: [],
    text: 'The tab in which the calling script runs.',
  }),
  tabs('TabReload', [tabIndex], {
    tab: true,
    refusals: ['invalidValue'],
    text: 'Reloads the page of a web tab.',
  }),
  tabs('TabNavigate', [tabIndex, parameter('url', BoundedText(8192))], {
    tab: true,
    refusals: ['invalidValue'],
    text: 'Loads another page (http or https) in a web tab.',
  }),
  request('real-time information', 'site')(
    'SubscribeRealTimeInformation',
    [serviceGroupId, parameter('serviceGroupName', BoundedText(256)), subscribe],
    {
      tab: false,
      privilege: 'realTimeInformation',
      refusals: ['unknownServiceGroup'],
      text: 'Subscribes to, or unsubscribes from, the number of waiting calls of a service group, by name or else by id.',
    },
  ),
  emails('SendEmail', [to, cc, parameter('subject', BoundedText(1024)), serviceGroupId, templateId], {
    tab: true,
    privilege: 'sendEmail',
    refusals: ['unknownServiceGroup', 'wrongMedia', 'invalidValue'],
    text: 'Opens the e-mail form with these values; 0 lets the user choose.',
  }),
  emails('SendAttendantEmail', [to, cc, templateId], {
    tab: true,
    privilege: 'attendant',
    refusals: ['invalidValue'],
    text: 'Opens the attendant e-mail form with these values.',
  }),
  templates('GetEmailTemplates', [], ITemplate, { tab: true, text: 'The e-mail templates of the tenant.' }),
  templates('GetAttendantEmailTemplates', [], ITemplate, {
    tab: true,
    text: 'The attendant e-mail templates of the tenant.',
  }),
  request('SMS', 'workspace')('SendSMS', [to, serviceGroupId], {
    tab: true,
    privilege: 'sendSms',
    refusals: ['unknownServiceGroup', 'wrongMedia', 'invalidValue'],
    text: 'Opens the SMS form with these values; 0 lets the user choose the service group.',
  }),
] as const;
