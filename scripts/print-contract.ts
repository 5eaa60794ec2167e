// npm run contract: writes what the contract says, as data (contract.json) and for people (docs/interface.md).
import { writeFileSync } from 'node:fs';
import { printContractDocument } from '../packages/contract/src/printing/contract-document.ts';
import { printReference } from '../packages/contract/src/printing/reference.ts';
import { printMethodTable } from '../packages/sdk/src/tab/print-method-table.ts';

writeFileSync('packages/contract/contract.json', printContractDocument());
writeFileSync('docs/interface.md', printReference());
writeFileSync('packages/sdk/src/tab/method-table.ts', printMethodTable());
console.log(
  'written: packages/contract/contract.json, docs/interface.md, packages/sdk/src/tab/method-table.ts',
);
