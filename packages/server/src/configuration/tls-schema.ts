import Type, { type Static } from 'typebox';
import { Section } from './schema-parts.ts';

const File = (description: string) => Type.String({ minLength: 1, maxLength: 1000, description });

export const SipTls = Section(
  {
    listen: Type.String({
      pattern: '^(\\[[0-9A-Fa-f:.]+\\]|[A-Za-z0-9.-]+):[0-9]{1,5}$',
      default: '127.0.0.1:5061',
      description: 'where phones and trunks come over TLS, as host:port',
    }),
    certificate: File('PEM file, with the certificates between it and its authority'),
    key: File('PEM file'),
  },
  'SIP over TLS; files named from the folder of this file, read again when they change',
);

export const TrunkTls = Section(
  {
    authorities: Type.Optional(
      File('PEM file with the certificates of those whose word is taken for it; absent: the public ones'),
    ),
    name: Type.Optional(
      Type.String({
        pattern: '^[A-Za-z0-9*.:-]{1,253}$',
        description:
          'what its certificate must say instead of the host of proxy or uri; a wildcard as *.example.com where it has one',
      }),
    ),
  },
  'How a trunk over TLS proves who it is',
);

export type TrunkTlsSection = Static<typeof TrunkTls>;
