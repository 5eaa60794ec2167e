import Type from 'typebox';
import { List, Seconds, Section } from './schema-parts.ts';

/** The web application: the window at `/agent`, for who has installed nothing. */
export const Web = Section(
  {
    enabled: Type.Boolean({
      default: true,
      description: 'serves it, where the Agent application is installed beside the server and was built',
    }),
    origins: List(
      Type.String({ pattern: '^https?://[^\\s/?#@]+$', maxLength: 300 }),
      'public origins of its pages, like https://agents.example.com; those of this machine need not be named',
      100,
    ),
    agents: Type.Integer({
      default: 200,
      minimum: 1,
      maximum: 2_000,
      description: 'who may use it at once',
    }),
    agentsAProcess: Type.Integer({
      default: 20,
      minimum: 1,
      maximum: 100,
      description: 'so many share a process; one that dies takes no others along',
    }),
    idleSeconds: Seconds(
      'an agent’s application ends so long after his last window was closed; then lostClientSeconds begin',
      15,
      3_600,
      1,
    ),
  },
  'The window at /agent',
);
